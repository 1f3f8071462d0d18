/// Why files are refused that do start: for each finding, what would go wrong elsewhere.
enum RefusalReasons {
    private static let table: [(rule: String, start: String, reason: String)] = []

    static func reason(for finding: Opinion.Reason) -> String? {
        table.first { $0.rule == finding.rule && finding.message.hasPrefix($0.start) }?.reason
    }
}
