import Verification

/// Joins the reports of all shards of a plan into the report of the whole run.
public enum ReportMerge {
    /// A report, and the name of its file for messages.
    public typealias Part = (name: String, report: Report)

    /// Joins reports, in any order.
    ///
    /// - Throws: `MergeError` if a shard or a target is missing or there twice, or if two reports contradict each other.
    public static func join(_ parts: [Part]) throws(MergeError) -> Report {
        let plans = try parts.map { (part) throws(MergeError) in
            guard let plan = part.report.plan else {
                throw MergeError.notAShard(part.name)
            }
            return plan
        }
        guard let first = parts.first, let plan = plans.first else { throw .nothing }
        for (part, other) in zip(parts, plans) { try compare(part, other, with: first, plan) }
        try checkShards(zip(parts, plans).map { ($0.name, $1.shard.index) }, count: plan.shard.count)
        // Programs that are not built are in no plan. One shard reports them all.
        let leftOut = parts.flatMap(\.report.entries).filter { $0.verdict == .leftOut }
        let entries = try inOrder(parts, of: plan) + leftOut
        return Report(
            tool: first.report.tool, policy: first.report.policy, entries: entries,
            problems: parts.flatMap(\.report.problems))
    }

    private static func compare(
        _ part: Part, _ plan: PlanReport, with first: Part, _ firstPlan: PlanReport
    ) throws(MergeError) {
        let facts: [(MergeError.Difference, Bool)] = [
            (.plan, plan.sha256 != firstPlan.sha256 || plan.targets != firstPlan.targets),
            // A report of an earlier version, or from outside of a repository, names none.
            (.commit, plan.commit != nil && firstPlan.commit != nil && plan.commit != firstPlan.commit),
            (.shardCount, plan.shard.count != firstPlan.shard.count),
            (.policy, part.report.policy != first.report.policy),
            (.programVersion, part.report.tool.version != first.report.tool.version),
            (.goVersion, part.report.tool.go != first.report.tool.go),
        ]
        guard let difference = facts.first(where: { $0.1 }) else { return }
        throw .contradiction(part.name, first.name, difference.0)
    }

    private static func checkShards(_ shards: [(name: String, index: Int)], count: Int) throws(MergeError) {
        let byIndex = Dictionary(grouping: shards, by: \.index)
        if let twice = byIndex.values.first(where: { $0.count > 1 }) {
            throw .duplicateShard(twice[0].index, count: count, twice.map(\.name))
        }
        let missing = (1...max(1, count)).filter { byIndex[$0] == nil }
        guard missing.isEmpty else { throw .missingShards(missing, count: count) }
    }

    private static func inOrder(_ parts: [Part], of plan: PlanReport) throws(MergeError) -> [ReportEntry] {
        var byPlace: [String: (name: String, entry: ReportEntry)] = [:]
        let places = Set(plan.targets.map(\.place))
        for part in parts {
            for entry in part.report.entries where entry.verdict != .leftOut {
                guard let place = entry.place(among: places) else {
                    throw .unplanned(entry.path, part.name)
                }
                if let other = byPlace[place] {
                    throw .duplicateTarget(place, other.name, part.name)
                }
                byPlace[place] = (part.name, entry)
            }
        }
        let problems = parts.flatMap(\.report.problems)
        var entries: [ReportEntry] = []
        for target in plan.targets {
            if let found = byPlace[target.place] {
                entries.append(found.entry)
                continue
            }
            // A program that was built but could not be moved to its path has a problem, and no entry.
            guard problems.contains(where: { $0.path?.hasSuffix(target.place) == true }) else {
                throw .missingTarget(target.place)
            }
        }
        return entries
    }
}

extension ReportEntry {
    /// The end of the path that is a place of the plan; nil if there is none.
    fileprivate func place(among places: Set<String>) -> String? {
        let parts = path.split(separator: "/")
        return (1...4).map { parts.suffix($0).joined(separator: "/") }.first(where: places.contains)
    }
}

/// Why reports cannot be joined.
public enum MergeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No report was given.
    case nothing
    /// The file is the report of a whole run.
    case notAShard(String)
    /// The first file was made in another way than the second.
    case contradiction(String, String, Difference)
    /// Several files are of the same shard.
    case duplicateShard(Int, count: Int, [String])
    /// These shards have no report.
    case missingShards([Int], count: Int)
    /// The file holds a program that is not in the plan.
    case unplanned(String, String)
    /// Two files hold the same target.
    case duplicateTarget(String, String, String)
    /// No report holds the target.
    case missingTarget(String)

    /// In what two reports differ that must not.
    public enum Difference: String, Sendable, Hashable {
        case plan, commit
        case shardCount = "number of shards"
        case policy
        case programVersion = "version of this program"
        case goVersion = "version of Go"
    }

    /// What is wrong, and in which files.
    public var description: String {
        switch self {
        case .nothing: "nothing to join: name the JSON reports of all shards"
        case .notAShard(let name): "\(name) is not the report of a shard: make it with check --shard K/N"
        case .contradiction(let name, let first, let difference):
            "\(name) has another \(difference.rawValue) than \(first): "
                + (difference == .commit ? "check out one commit in all jobs" : "run all shards with the same options")
        case .duplicateShard(let index, let count, let names):
            "\(names.joined(separator: " and ")) are both of shard \(index)/\(count)"
        case .missingShards(let indexes, let count):
            "missing shard \(indexes.map { "\($0)/\(count)" }.joined(separator: ", "))"
        case .unplanned(let path, let name): "\(name) has \(path), which is not in the plan"
        case .duplicateTarget(let place, let one, let other): "\(place) is in both \(one) and \(other)"
        case .missingTarget(let place): "\(place) is in no report: its shard did not build it"
        }
    }
}
