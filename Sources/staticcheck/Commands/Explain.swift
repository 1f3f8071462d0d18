import ArgumentParser
import Reporting
import Text
import Verification

struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", _superCommandName: Identity.command,
        abstract: "Explain a rule: what it finds, why it matters, and how to fix it.",
        discussion: "Without a rule, lists all rules.")

    @Argument(help: "The name of a rule, as shown in brackets after a finding.")
    var rule: String?

    @Flag(help: "Print the page of all rules in Markdown.")
    var markdown = false

    func run() async throws {
        try await Failure.reporting {
            if markdown { return try Terminal.report(RuleDocumentation.markdown(RuleDocumentation.all)) }
            guard let rule else { return try Terminal.report(RuleDocumentation.list(RuleDocumentation.all)) }
            guard let known = RuleDocumentation.all.first(where: { $0.identifier == rule }) else {
                if let check = ForeignOption(checkOfLinter: rule) { throw check }
                let hint = Spelling.hint(for: rule, in: RuleDocumentation.all.map(\.identifier))
                throw ValidationError("unknown rule '\(rule)'\(hint)")
            }
            try Terminal.report(RuleDocumentation.text(of: known))
        }
    }
}
