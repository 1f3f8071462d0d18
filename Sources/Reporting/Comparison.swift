/// The changes since a baseline report: files, findings and sizes.
public struct Comparison: Sendable, Codable, Hashable {
    /// The entries that differ, in the order of the new report, then those that are gone.
    public let changes: [Change]

    /// An entry that differs.
    public struct Change: Sendable, Codable, Hashable {
        /// The path of the entry.
        public let path: String
        /// The platform; nil if unknown.
        public let platform: String?
        /// The size in the baseline, in bytes; nil for a new entry.
        public let sizeBefore: Int?
        /// The size now, in bytes; nil for an entry that is gone.
        public let sizeNow: Int?
        /// The rules that have findings now, and had none.
        public let new: [String]
        /// The rules that had findings, and have none now.
        public let mended: [String]

        /// The growth as a part of the size before, 0.05 for 5 %; negative if the file shrank, nil if a size is unknown.
        public var growth: Double? {
            guard let sizeBefore, let sizeNow, sizeBefore > 0 else { return nil }
            return Double(sizeNow - sizeBefore) / Double(sizeBefore)
        }
    }

    /// Compares two reports.
    init(_ report: Report, with baseline: Report) {
        func key(_ entry: ReportEntry) -> String { "\(entry.platform ?? "")\n\(entry.path)" }
        let before = Dictionary(baseline.entries.map { (key($0), $0) }) { first, _ in first }
        let now = Set(report.entries.map(key))
        let present = report.entries.map { entry in Change(from: before[key(entry)], to: entry) }
        let gone = baseline.entries.filter { !now.contains(key($0)) }.map { Change(from: $0, to: nil) }
        changes = (present + gone).compactMap { $0 }
    }

    /// A line for each change.
    var lines: [String] { changes.map(\.description) }
}

extension Comparison.Change: CustomStringConvertible {
    init?(from old: ReportEntry?, to new: ReportEntry?) {
        guard let entry = new ?? old else { return nil }
        let rules = Set(new?.findings.map(\.rule) ?? [])
        let oldRules = Set(old?.findings.map(\.rule) ?? [])
        self.init(
            path: entry.path, platform: entry.platform, sizeBefore: old?.size, sizeNow: new?.size,
            new: old == nil && new?.size != nil ? [] : rules.subtracting(oldRules).sorted(),
            mended: new == nil && old?.size != nil ? [] : oldRules.subtracting(rules).sorted())
        if old != nil, new != nil, sizeBefore == sizeNow, self.new.isEmpty, mended.isEmpty { return nil }
    }

    /// The change in words.
    public var description: String {
        var words: [String] = []
        switch (sizeBefore, sizeNow) {
        case (nil, let now?): words.append("new, \(Quantity.size(now))")
        case (_?, nil): words.append("gone")
        case (let before?, let now?) where now != before:
            let percent = (now > before ? "+" : "") + Quantity.share(now - before, of: before)
            words.append("\(now > before ? "grown by" : "shrunk by") \(Quantity.size(abs(now - before))) (\(percent))")
        default: break
        }
        if !new.isEmpty { words.append("new: \(new.joined(separator: ", "))") }
        if !mended.isEmpty { words.append("fixed: \(mended.joined(separator: ", "))") }
        return "\(path.printable): \(words.joined(separator: "; "))"
    }
}
