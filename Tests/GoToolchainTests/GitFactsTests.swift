import GoToolchain
import Testing

@Suite struct GitFactsTests {
    private let facts = GitFacts(version: "v1.2.3-dirty", commit: "abc", date: "2026-01-02T03:04:05Z")

    @Test(arguments: [
        ("-s -w", "-s -w"), ("-X main.v={{version}}", "-X main.v=v1.2.3-dirty"),
        ("{{ commit }}{{date}}", "abc2026-01-02T03:04:05Z"),
        ("{{", "{{"), ("a}}b", "a}}b"),
    ])
    func placeholdersAreFilled(text: String, filled: String) throws { #expect(try facts.filling(text) == filled) }

    @Test func anUnknownPlaceholderNamesThoseThereAre() {
        #expect {
            try facts.filling("{{verison}}")
        } throws: {
            "\($0)" == "unknown placeholder {{verison}}; known are {{commit}}, {{date}}, {{version}}"
        }
    }

    @Test func textWithoutPlaceholdersNeedsNoGit() {
        #expect(GitFacts.placeholders(in: "-s -w -X a={b}").isEmpty)
        #expect(GitFacts.placeholders(in: "{{ version }} {{date}}") == ["version", "date"])
    }
}
