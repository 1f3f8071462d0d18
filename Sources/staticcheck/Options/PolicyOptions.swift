import ArgumentParser
import Configuration
import FoundationEssentials
import Reporting
import Verification

/// Options that change the policy.
struct PolicyOptions: ParsableArguments {
    @Option(
        name: .customLong("rule"),
        help: ArgumentHelp(
            "Give a rule another level (error, warning, note) or turn it off, and say why: time-zones=off:we only use UTC.",
            discussion: "May be given several times. 'staticcheck explain' lists the rules.",
            valueName: "name=level[:reason]"))
    var changes: [String] = []

    @Flag(help: "List the rules with their levels, and do nothing else.")
    var listRules = false

    func validate() throws {
        if listRules { throw CleanExit.message(RuleDocumentation.list(RuleDocumentation.all)) }
        _ = try policy(over: .empty)
    }

    /// The policy that the options ask for, on top of the configured one.
    func policy(over configuration: Configuration) throws -> Policy {
        let changes = try changes.map(PolicyOptions.parse)
        // Only exceptions have an end, and a calendar takes a while to set up.
        let today =
            configuration.exceptions.isEmpty
            ? "" : String(Date().formatted(Date.ISO8601FormatStyle()).prefix(10))
        do {
            return try Policy(
                changes: configuration.ruleChanges + changes, exceptions: configuration.exceptions, today: today)
        } catch {
            throw ValidationError("--rule: \(error)")
        }
    }

    /// Reads `name=level` or `name=level:reason`.
    static func parse(_ text: String) throws -> Policy.Change {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = parts.count == 2 ? parts[1].split(separator: ":", maxSplits: 1) : []
        let level = rest.first.flatMap { Level(rawValue: String($0)) }
        guard let word = rest.first, level != nil || word == "off" else {
            let levels = Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--rule '\(text)': write name=level or name=level:reason, with \(levels) or off")
        }
        return Policy.Change(rule: String(parts[0]), level: level, reason: rest.count == 2 ? String(rest[1]) : nil)
    }
}
