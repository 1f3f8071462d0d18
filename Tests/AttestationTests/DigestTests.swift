import Attestation
import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite struct DigestTests {
    /// The vectors of FIPS 180-4 (NIST's SHA256.pdf) and of the empty string.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func isSHA256(text: String, digest: String) {
        #expect(Digest(of: Array(text.utf8)).hexadecimal == digest)
        #expect("\(Digest(of: Array(text.utf8)))" == digest)
    }

    @Test func aStreamOfPiecesHasTheDigestOfTheWhole() {
        var stream = DigestStream()
        #expect(stream.digest == Digest(of: []))
        for piece in ["a", "", "bc"] { stream.update(Array(piece.utf8)[...]) }
        #expect(stream.digest == Digest(of: Array("abc".utf8)))
    }

    /// A million times "a", which is longer than any buffer (FIPS 180-4).
    @Test func aFileHasTheDigestOfItsBytes() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(String(repeating: "a", count: 1_000_000), to: "a")
        let digest = try Digest(of: OpenFile(FilePath(file.path)))
        #expect(digest.hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func theTinyProgramIsTheOneThatWasHashed() {
        #expect(Digest(of: TinyProgram.bytes).hexadecimal == TinyProgram.digest)
    }

    @Test(arguments: [
        ("", false), ("e3", false), (String(repeating: "0", count: 64), true),
        (String(repeating: "f", count: 64), true),
        (String(repeating: "F", count: 64), false), (String(repeating: "g", count: 64), false),
        (String(repeating: "0", count: 65), false), (String(repeating: "é", count: 32), false),
    ])
    func onlyLowerCaseHexadecimalIsRead(text: String, isDigest: Bool) {
        #expect((Digest(hexadecimal: text)?.hexadecimal == text) == isDigest)
    }
}
