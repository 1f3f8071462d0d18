import Testing
import Verification

@Suite struct RuleTests {
    @Test func namesAreUnique() { #expect(Set(Rule.all.map(\.identifier)).count == Rule.all.count) }

    @Test(arguments: Rule.all.map(\.identifier)) func isDocumented(identifier: String) throws {
        let rule = try #require(Rule.all.first { $0.identifier == identifier })
        #expect(!rule.document.summary.isEmpty)
        for section in rule.document.sections { #expect(!section.text.isEmpty, "\(section.title)") }
        #expect(identifier.allSatisfy { $0.isLowercase || $0 == "-" })
    }
}
