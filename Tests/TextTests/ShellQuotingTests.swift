import TestSupport
import Testing
import Text

/// POSIX.1, Shell Command Language, 2.2 Quoting. The shell itself is asked what it reads.
@Suite struct ShellQuotingTests {
    /// The characters that 2.2 says must or may have to be quoted.
    private static let special = Array("|&;<>()$`\\\"' \t\n*?[]^!#~=%{},")

    @Test(arguments: special) func eachSpecialCharacterIsReadBack(character: Character) throws {
        for text in ["\(character)", "a\(character)b", "\(character)\(character)", "'\(character)'", "\\\(character)"] {
            let result = try Execution("sh", ["-c", "printf '%s.' \(text.shellQuoted)"])
            #expect(result.output == text + ".")
        }
    }

    @Test func severalWordsStaySeveral() throws {
        let words = ["", " ", "a b", "it's", "$(id)", "-n", "--", "ä", "\u{1f600}", "'", "''", "\n"]
        let script = "for w in \(words.map(\.shellQuoted).joined(separator: " ")); do printf '<%s>' \"$w\"; done"
        #expect(try Execution("sh", ["-c", script]).output == words.map { "<\($0)>" }.joined())
    }

    @Test(arguments: ["/usr/bin/go", "./...", "-tags=a,b", "linux/arm/v7", "user@host:path", "a_b-c.d+e%f"])
    func whatNeedsNoQuotesHasNone(text: String) { #expect(text.shellQuoted == text) }

    @Test(arguments: ["", "a b", "*", "~", "a;b", "ä"]) func whatNeedsQuotesHasThem(text: String) {
        #expect(text.shellQuoted == "'\(text)'")
    }
}

/// RFC 3986.
@Suite struct PercentEncodingTests {
    /// Section 2.3: `ALPHA / DIGIT / "-" / "." / "_" / "~"`.
    @Test func unreservedCharactersStay() {
        let unreserved = "ABCXYZabcxyz0189-._~"
        #expect(unreserved.percentEncoded(keeping: "-._~") == unreserved)
    }

    /// Section 2.2, gen-delims and sub-delims.
    @Test(arguments: [
        (":", "%3A"), ("/", "%2F"), ("?", "%3F"), ("#", "%23"), ("[", "%5B"), ("]", "%5D"), ("@", "%40"), ("!", "%21"),
        ("$", "%24"), ("&", "%26"), ("'", "%27"), ("(", "%28"), (")", "%29"), ("*", "%2A"), ("+", "%2B"), (",", "%2C"),
        (";", "%3B"), ("=", "%3D"), ("%", "%25"), (" ", "%20"), ("\n", "%0A"), ("\0", "%00"),
    ])
    func reservedCharactersAreEncoded(character: String, encoded: String) {
        #expect(character.percentEncoded(keeping: "-._~") == encoded)
    }

    /// Section 2.5: the character is first encoded as UTF-8. U+30A2 is the RFC's own example.
    @Test(arguments: [("\u{30a2}", "%E3%82%A2"), ("A", "A"), ("\u{c0}", "%C3%80"), ("\u{1f600}", "%F0%9F%98%80")])
    func otherCharactersAreEncodedAsUTF8(text: String, encoded: String) {
        #expect(text.percentEncoded(keeping: "") == encoded)
    }

    /// Python's urllib is another implementation of the RFC.
    @Test func pythonAgrees() throws {
        let text = "pkg:golang/example.com/a b@v1.2.3+x?y=ü#z"
        let quoted = try Python.run(
            "import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1], safe='/:'), end='')", [text])
        #expect(text.percentEncoded(keeping: "-._~/:") == quoted)
    }
}
