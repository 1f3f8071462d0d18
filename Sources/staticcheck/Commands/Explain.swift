import ArgumentParser
import Reporting
import Text
import Verification

struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what a rule means, why it matters, and how to fix what it finds.",
        discussion: "Without a rule, lists all rules.")

    @Argument(help: "The name of a rule, as it stands in brackets after a finding.")
    var rule: String?

    @Flag(help: "Print the page of all rules in Markdown.")
    var markdown = false

    func run() async throws {
        if markdown { return Terminal.write(RuleDocumentation.markdown(RuleDocumentation.all), to: .output) }
        guard let rule else { return Terminal.write(RuleDocumentation.list(RuleDocumentation.all), to: .output) }
        guard let known = RuleDocumentation.all.first(where: { $0.identifier == rule }) else {
            let hint = Spelling.hint(for: rule, in: RuleDocumentation.all.map(\.identifier))
            throw ValidationError("unknown rule '\(rule.printable)'\(hint)")
        }
        Terminal.write(RuleDocumentation.text(of: known), to: .output)
    }
}
