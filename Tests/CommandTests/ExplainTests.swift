import Foundation
import TestSupport
import Testing

@Suite struct ExplainTests {
    @Test func thePageOfRulesIsFresh() throws {
        let page = try String(contentsOf: Checkout.root.appending(path: "docs/rules.md"), encoding: .utf8)
        let made = try Execution(Checkout.program, ["explain", "--markdown"])
        #expect(made.output == page, "run: staticcheck explain --markdown > docs/rules.md")
    }

    @Test func theListIsAnOptionToo() throws {
        let list = try Execution(Checkout.program, ["--list-rules"])
        #expect(list.status == 0)
        #expect(
            try list.output.trimmingCharacters(in: .newlines)
                == Execution(Checkout.program, ["explain"]).output.trimmingCharacters(in: .newlines))
    }

    @Test func everyRuleOfTheListIsExplained() throws {
        let list = try Execution(Checkout.program, ["explain"]).output.split(separator: "\n").dropFirst()
        #expect(list.count >= 7)
        for line in list {
            let name = String(try #require(line.split(separator: " ").first))
            let text = try Execution(Checkout.program, ["explain", name]).output
            for title in ["Why it matters", "How it is detected", "What it can miss", "How to fix it", "Reference"] {
                #expect(text.contains(title), "\(name) lacks \(title)")
            }
        }
    }

    @Test func anUnknownRuleNamesTheNearest() throws {
        let result = try Execution(Checkout.program, ["explain", "interpretr"])
        #expect(result.status == 64)
        #expect(result.errors.contains("did you mean 'interpreter'?"))
    }
}
