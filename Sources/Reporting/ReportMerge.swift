/// Joins the reports of all shards of one plan into the report that an undivided run would have made.
public enum ReportMerge {
    /// A report with the name of its file, for messages.
    public typealias Part = (name: String, report: Report)

    /// Joins reports, which may come in any order.
    ///
    /// - Throws: `MergeError` where a shard or a target is missing, is there twice, or two reports contradict each other.
    public static func join(_ parts: [Part]) throws(MergeError) -> Report {
        let plans = try parts.map { (part) throws(MergeError) in
            guard let plan = part.report.plan else {
                throw MergeError("\(part.name) is not the report of a shard: make it with check --shard K/N")
            }
            return plan
        }
        guard let first = parts.first, let plan = plans.first else { throw MergeError("there is nothing to join") }
        for (part, other) in zip(parts, plans) { try compare(part, other, with: first, plan) }
        try checkShards(zip(parts, plans).map { ($0.name, $1.shard.index) }, count: plan.shard.count)
        let binaries = try inOrder(parts, of: plan)
        return Report(
            tool: first.report.tool, policy: first.report.policy, binaries: binaries,
            problems: parts.flatMap(\.report.problems))
    }

    private static func compare(
        _ part: Part, _ plan: PlanReport, with first: Part, _ firstPlan: PlanReport
    ) throws(MergeError) {
        let facts: [(String, Bool)] = [
            ("another plan", plan.sha256 != firstPlan.sha256 || plan.targets != firstPlan.targets),
            ("another number of shards", plan.shard.count != firstPlan.shard.count),
            ("another policy", part.report.policy != first.report.policy),
            ("another version of this program", part.report.tool.version != first.report.tool.version),
            ("another version of Go", part.report.tool.go != first.report.tool.go),
        ]
        guard let difference = facts.first(where: { $0.1 }) else { return }
        throw MergeError("\(part.name) is of \(difference.0) than \(first.name): all shards must be run alike")
    }

    private static func checkShards(_ shards: [(name: String, index: Int)], count: Int) throws(MergeError) {
        let byIndex = Dictionary(grouping: shards, by: \.index)
        if let twice = byIndex.values.first(where: { $0.count > 1 }) {
            throw MergeError(
                "\(twice.map(\.name).joined(separator: " and ")) are both of shard \(twice[0].index)/\(count)")
        }
        let missing = (1...max(1, count)).filter { byIndex[$0] == nil }
        guard missing.isEmpty else {
            let names = missing.map { "\($0)/\(count)" }.joined(separator: ", ")
            throw MergeError("shard \(names) is missing")
        }
    }

    private static func inOrder(_ parts: [Part], of plan: PlanReport) throws(MergeError) -> [BinaryReport] {
        var byPlace: [String: (name: String, binary: BinaryReport)] = [:]
        let places = Set(plan.targets.map(\.place))
        for part in parts {
            for binary in part.report.binaries {
                guard let place = binary.place(among: places) else {
                    throw MergeError("\(part.name) has \(binary.path), which is not in the plan")
                }
                if let other = byPlace[place] {
                    throw MergeError("\(place) is both in \(other.name) and in \(part.name)")
                }
                byPlace[place] = (part.name, binary)
            }
        }
        var binaries: [BinaryReport] = []
        for target in plan.targets {
            if let found = byPlace[target.place] {
                binaries.append(found.binary)
                continue
            }
            // A file that was built and could not be put into its place is a problem of its report, and no binary.
            let problems = parts.flatMap(\.report.problems)
            guard problems.contains(where: { $0.path?.hasSuffix(target.place) == true }) else {
                throw MergeError("\(target.place) is in no report")
            }
        }
        return binaries
    }
}

extension BinaryReport {
    /// The last parts of the path that name a place of the plan.
    fileprivate func place(among places: Set<String>) -> String? {
        let parts = path.split(separator: "/")
        return (1...4).map { parts.suffix($0).joined(separator: "/") }.first(where: places.contains)
    }
}

/// Why reports cannot be joined.
public struct MergeError: Error, Sendable, CustomStringConvertible {
    /// The message, for a person.
    public let description: String

    init(_ description: String) { self.description = description }
}
