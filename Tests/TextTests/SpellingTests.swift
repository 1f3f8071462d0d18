import Testing
import Text

@Suite struct SpellingTests {
    private let known = ["linux/amd64", "linux/arm64", "windows/amd64"]

    @Test(arguments: [
        ("linux/arm46", "linux/arm64"), ("linus/amd64", "linux/amd64"), ("windows-amd64", "windows/amd64"),
    ])
    func suggestsTheNearestName(word: String, name: String) {
        #expect(Spelling.nearest(to: word, in: known) == name)
        #expect(Spelling.hint(for: word, in: known) == "; did you mean '\(name)'?")
    }

    @Test func suggestsNothingForAWordOfAnotherKind() {
        #expect(Spelling.nearest(to: "plan9", in: known) == nil)
        #expect(Spelling.hint(for: "plan9", in: known).isEmpty)
    }
}
