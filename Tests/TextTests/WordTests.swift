import Foundation
import Testing
import Text

@Suite struct WordTests {
    /// The shell itself says what it reads.
    @Test(arguments: ["plain", "two words", "it's", "$HOME `id` \\", "", "-n", "a\nb", "*.go", "ä=1;2"])
    func aShellReadsTheWordAgain(text: String) throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "printf '%s.' \(text.shellQuoted)"]
        let pipe = Pipe()
        shell.standardOutput = pipe
        try shell.run()
        let output = try #require(try pipe.fileHandleForReading.readToEnd())
        #expect(String(decoding: output, as: UTF8.self) == text + ".")
    }

    /// RFC 3986, section 2.1; the second is an example of its section 2.5.
    @Test(arguments: [("a b+c", "a%20b%2Bc"), ("\u{c0}", "%C3%80"), ("a/b~c", "a/b~c")])
    func bytesThatMustNotStandAreEncoded(text: String, encoded: String) {
        #expect(text.percentEncoded(keeping: "-._~/") == encoded)
    }

    @Test func eachElementComesOnceWhereItCameFirst() { #expect([3, 1, 3, 2, 1].distinct == [3, 1, 2]) }
}
