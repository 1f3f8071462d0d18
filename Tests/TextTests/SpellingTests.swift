import Testing
import Text

@Suite struct SpellingTests {
    private let known = ["linux/amd64", "linux/arm64", "windows/amd64"]

    @Test(arguments: [
        ("linux/arm46", "linux/arm64"), ("linus/amd64", "linux/amd64"), ("windows-amd64", "windows/amd64"),
    ])
    func theNearestNameIsSuggested(word: String, name: String) {
        #expect(Spelling.nearest(to: word, in: known) == name)
        #expect(Spelling.hint(for: word, in: known) == "; did you mean '\(name)'?")
    }

    @Test func nothingIsSuggestedForAWordOfAnotherKind() {
        #expect(Spelling.nearest(to: "plan9", in: known) == nil)
        #expect(Spelling.hint(for: "plan9", in: known).isEmpty)
        #expect(Spelling.nearest(to: "anything", in: [String]()) == nil)
    }

    /// Each row is one edit, so a short word allows two of them and no more.
    @Test(arguments: [
        ("insertion", "platforms", "platform", 1), ("deletion", "platfrm", "platform", 1),
        ("substitution", "plattorm", "platform", 1), ("swap of neighbours", "paltform", "platform", 1),
        ("two swaps", "paltofrm", "platform", 2), ("a swap and a letter", "paltformz", "platform", 2),
    ])
    func anEditIsAnInsertionDeletionSubstitutionOrSwap(edit: String, word: String, name: String, count: Int) {
        #expect(Spelling.nearest(to: word, in: [name]) == name, "\(edit)")
    }

    /// Two edits, or one for each three letters.
    @Test(arguments: [
        ("abcd", "abxy", true), ("abcd", "axyz", false), ("abcdefghi", "abcdefxyz", true),
        ("abcdefghi", "abcdewxyz", false),
    ])
    func longWordsMayHaveMoreMistakes(word: String, candidate: String, isNear: Bool) {
        #expect((Spelling.nearest(to: word, in: [candidate]) != nil) == isNear)
    }

    @Test func theFirstOfEquallyNearWordsIsTaken() {
        #expect(Spelling.nearest(to: "bat", in: ["cat", "hat", "bar"]) == "cat")
    }
}
