import Crypto
import Files
import Foundation
import SystemPackage
import Testing

@testable import Attestation

/// Keys and signatures against the vectors of their specifications.
@Suite struct KeyTests {
    // MARK: Verification

    /// RFC 8032, section 7.1, TEST 1 to 3.
    @Test(arguments: [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ])
    func ed25519SignaturesOfRFC8032AreValid(publicKey: String, message: String, signature: String) throws {
        let key = VerificationKey.ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: bytes(publicKey)))
        #expect(key.isSignature(bytes(signature), of: bytes(message)))
        #expect(!key.isSignature(bytes(signature), of: bytes(message) + [0]))
        var broken = bytes(signature)
        broken[5] ^= 1
        #expect(!key.isSignature(broken, of: bytes(message)))
        #expect(!key.isSignature(broken.dropLast(), of: bytes(message)))
    }

    /// RFC 6979, appendix A.2.5: P-256 with SHA-256, in the DER form of RFC 3279.
    @Test(arguments: [
        (
            "sample", "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
            "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
        ),
        (
            "test", "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
            "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"
        ),
    ])
    func ecdsaSignaturesOfRFC6979AreValid(message: String, r: String, s: String) throws {
        let key = VerificationKey.p256(try KeyTests.rfc6979.publicKey)
        let signature = KeyTests.sequence([r, s].map(bytes))
        #expect(key.isSignature(signature, of: Array(message.utf8)))
        #expect(!key.isSignature(signature, of: Array("other".utf8)))
        #expect(!key.isSignature(bytes(r + s), of: Array(message.utf8)), "the raw form is not what DSSE clients write")
        #expect(!key.isSignature([], of: Array(message.utf8)))
    }

    /// Appendix A.2.5: the private key, and the public key that belongs to it.
    private static var rfc6979: P256.Signing.PrivateKey {
        get throws {
            try P256.Signing.PrivateKey(
                rawRepresentation: bytes("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"))
        }
    }

    @Test func aPublicKeyIsThatOfItsPrivateKey() throws {
        let point =
            "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
            + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"
        #expect(Array(try KeyTests.rfc6979.publicKey.rawRepresentation) == bytes(point))
        // SubjectPublicKeyInfo (RFC 5480): id-ecPublicKey, prime256v1, and the uncompressed point.
        let der = bytes("3059301306072a8648ce3d020106082a8648ce3d030107034200 04" + point)
        #expect(SigningKey.p256(try KeyTests.rfc6979).verificationKey.der == der)
    }

    /// A checkout on Windows ends lines in another way, and an editor there puts a mark before the text.
    @Test func lineEndsAndAMarkBeforeAPublicKeyDoNotMatter() throws {
        let key = SigningKey(.p256).verificationKey
        for text in [key.pem.replacing("\n", with: "\r\n"), "\u{feff}" + key.pem] {
            #expect(try VerificationKey.keys(pem: text).map(\.identifier) == [key.identifier])
        }
    }

    /// A DER sequence of positive integers.
    private static func sequence(_ numbers: [[UInt8]]) -> [UInt8] {
        let integers = numbers.flatMap { number -> [UInt8] in
            let plain = Array(number.drop { $0 == 0 })
            let body = (plain.first ?? 0) >= 0x80 ? [0] + plain : plain
            return [0x02, UInt8(body.count)] + body
        }
        return [0x30, UInt8(integers.count)] + integers
    }

    @Test(arguments: SigningKey.Kind.allCases) func aKeyVerifiesWhatItsOtherHalfSigned(kind: SigningKey.Kind) throws {
        let key = SigningKey(kind)
        let signature = try key.sign([1, 2, 3])
        #expect(key.verificationKey.isSignature(signature, of: [1, 2, 3]))
        #expect(!key.verificationKey.isSignature(signature, of: [1, 2]))
        #expect(!SigningKey(kind).verificationKey.isSignature(signature, of: [1, 2, 3]))
    }

    // MARK: PEM

    /// RFC 8410, sections 10.1 and 10.3.
    private static let ed25519Private =
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n"
    private static let ed25519Public =
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"

    @Test func theKeysOfRFC8410AreRead() throws {
        let key = try SigningKey(pem: KeyTests.ed25519Private)
        #expect(key.verificationKey.pem == KeyTests.ed25519Public)
        #expect(key.pem == KeyTests.ed25519Private)
        #expect(try VerificationKey.keys(pem: KeyTests.ed25519Public).map(\.pem) == [KeyTests.ed25519Public])
    }

    @Test(arguments: SigningKey.Kind.allCases) func aKeyIsReadAsItIsWritten(kind: SigningKey.Kind) throws {
        let key = SigningKey(kind)
        #expect(try SigningKey(pem: key.pem).pem == key.pem)
        let open = try #require(VerificationKey.keys(pem: key.verificationKey.pem).first)
        #expect(open.identifier == key.verificationKey.identifier)
        #expect(open.identifier == Digest(of: key.verificationKey.der).hexadecimal)
        #expect(key.pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n") && key.pem.hasSuffix("-----END PRIVATE KEY-----\n"))
    }

    /// RFC 7468: text outside of the boundaries is ignored, and lines end in any of the usual ways.
    @Test(arguments: [
        "a note\n" + ed25519Private, ed25519Private.replacing("\n", with: "\r\n"), ed25519Private + "trailing text",
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + ed25519Private,
    ])
    func theKeyIsFoundInItsFile(text: String) throws {
        #expect(try SigningKey(pem: text).verificationKey.pem == KeyTests.ed25519Public)
    }

    private static func document(_ label: String, _ base64: String) -> String {
        "-----BEGIN \(label)-----\n\(base64)\n-----END \(label)-----\n"
    }

    @Test(
        arguments: [
            ("", KeyError.notPEM), ("hello", .notPEM), ("-----BEGIN PRIVATE KEY-----\n", .damagedPEM),
            (document("PRIVATE KEY", "!!!"), .damagedPEM), (document("PRIVATE KEY", ""), .damagedPEM),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", .damagedPEM),
            (document("PRIVATE KEY", "MC4CAQAwBQYDK2VwBCIEIA=="), .damagedEd25519),
            (document("PRIVATE KEY", "AAAA"), .unsupported), (document("EC PRIVATE KEY", "AAAA"), .unsupported),
            (document("RSA PRIVATE KEY", "AAAA"), .notAKey(label: "RSA PRIVATE KEY")),
            (document("CERTIFICATE", "AAAA"), .notAKey(label: "CERTIFICATE")),
            (document("ENCRYPTED PRIVATE KEY", "AAAA"), .encrypted),
            (
                document("EC PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA"),
                .encrypted
            ),
            (ed25519Public, .isPublic), (ed25519Private + ed25519Private, .severalKeys(count: 2)),
            (ed25519Private + ed25519Public, .severalKeys(count: 2)),
        ])
    func whatCannotSignIsRefused(text: String, error: KeyError) {
        #expect(throws: error) { try SigningKey(pem: text) }
    }

    @Test(
        arguments: [
            ("", KeyError.notPEM), (document("PUBLIC KEY", "MCowBQYDK2VwAyEA"), .damagedEd25519),
            (document("PUBLIC KEY", "AAAA"), .unsupported), (ed25519Private, .isPrivate),
            (document("RSA PRIVATE KEY", "AAAA"), .isPrivate), (document("ENCRYPTED PRIVATE KEY", "AAAA"), .encrypted),
            (document("CERTIFICATE", "AAAA"), .notAKey(label: "CERTIFICATE")),
            (ed25519Public + ed25519Private, .isPrivate),
            (ed25519Public + document("PUBLIC KEY", "AAAA"), .unsupported),
        ])
    func whatCannotVerifyIsRefused(text: String, error: KeyError) {
        #expect(throws: error) { try VerificationKey.keys(pem: text) }
    }

    @Test func allKeysOfAFileCount() throws {
        let other = SigningKey(.p256).verificationKey.pem
        #expect(
            try VerificationKey.keys(pem: KeyTests.ed25519Public + other).map(\.pem) == [KeyTests.ed25519Public, other])
    }

    /// The encodings of all points P of the curve with 8 P = (0, 1), also those that are not reduced modulo p, computed from the
    /// curve's equation in RFC 8032, section 5.1.
    @Test(arguments: [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ]) func aPointOfSmallOrderIsNoKey(point: String) {
        let prefix = bytes("302a300506032b6570032100")
        for sign in [0, 0x80] as [UInt8] {
            var key = bytes(point)
            key[31] |= sign
            let text = KeyTests.document("PUBLIC KEY", Data(prefix + key).base64EncodedString())
            #expect(throws: KeyError.smallOrder) { try VerificationKey.keys(pem: text) }
        }
    }

    @Test(arguments: [
        (KeyError.encrypted, "openssl pkey"), (.isPrivate, "public half"), (.isPublic, "public half"),
        (.smallOrder, "anyone can sign"),
        (.severalKeys(count: 2), "holds 2 keys"),
        (.unsupported, "staticcheck keygen"), (.readableByOthers(mode: 0o644), "(mode 644): run chmod 600"),
        (.notAKey(label: "CERTIFICATE"), "CERTIFICATE"), (.notPEM, "-----BEGIN"), (.damagedPEM, "64 base64 characters"),
        (.damagedEd25519, "32 bytes"), (.unreadable(FileError("k", .notRegular)), "is not a regular file"),
    ])
    func eachErrorSaysWhatToDo(error: KeyError, words: String) { #expect("\(error)".contains(words)) }
}
