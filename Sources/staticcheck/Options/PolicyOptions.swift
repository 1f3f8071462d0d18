import ArgumentParser
import Attestation
import Configuration
import Reporting
import Verification
import Workflows

/// Options that change the policy.
struct PolicyOptions: ParsableArguments {
    @Option(
        name: .customLong("rule"),
        help: ArgumentHelp(
            "Give a rule another level (error, warning, note) or turn it off, and say why: time-zones=off:we only use UTC.",
            discussion: "May be given several times. 'staticcheck explain' lists the rules.",
            valueName: "name=level[:reason]"),
        transform: Policy.Change.init(parsing:))
    var changes: [Policy.Change] = []

    @Flag(help: "List the rules with their levels, and do nothing else.")
    var listRules = false

    func validate() throws {
        if listRules { throw CleanExit.message(RuleDocumentation.list(RuleDocumentation.all)) }
    }

    /// The policy: the command line wins over the configuration.
    func resolve(over configuration: Configuration, in context: Context) throws -> Policy {
        // Only exceptions have an end, and setting up a calendar takes a while.
        let today = configuration.exceptions.isEmpty ? nil : StatedTime.day(of: context.now())
        do {
            return try Policy(
                changes: configuration.ruleChanges + changes, exceptions: configuration.exceptions, today: today
            ).demanding(configuration.demands)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
