import Attestation
import Foundation
import TestSupport
import Testing

/// Keys that openssl writes and reads.
@Suite struct KeyTests {
    private func openssl(_ arguments: [String], _ folder: TemporaryFolder) throws -> Execution {
        try Execution("openssl", arguments, in: folder.url)
    }

    private func text(_ name: String, _ folder: TemporaryFolder) throws -> String {
        try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
    }

    @Test(arguments: [
        ["genpkey", "-algorithm", "ed25519", "-out", "k"],
        ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "k"],
        ["ecparam", "-name", "prime256v1", "-genkey", "-out", "k"],
        ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "k"],
    ])
    func opensslsKeysAreRead(arguments: [String]) throws {
        let folder = try TemporaryFolder()
        #expect(try openssl(arguments, folder).status == 0)
        #expect(try openssl(["pkey", "-in", "k", "-pubout", "-out", "pub"], folder).status == 0)
        let key = try SigningKey(pem: text("k", folder))
        #expect(try key.verificationKey.pem == text("pub", folder))
        #expect(try VerificationKey.keys(pem: text("pub", folder)).first?.identifier == key.verificationKey.identifier)
        // The identifier is the SHA-256 digest of the public key's DER form.
        #expect(try openssl(["pkey", "-pubin", "-in", "pub", "-outform", "DER", "-out", "der"], folder).status == 0)
        #expect(try openssl(["dgst", "-sha256", "der"], folder).output.contains(key.verificationKey.identifier))
    }

    @Test func aCompressedPointIsTheSameKey() throws {
        let folder = try TemporaryFolder()
        let key = SigningKey(.p256)
        try folder.write(key.pem, to: "k")
        let made = try openssl(["ec", "-in", "k", "-pubout", "-conv_form", "compressed"], folder)
        #expect(made.output != key.verificationKey.pem)
        #expect(try VerificationKey.keys(pem: made.output).map(\.identifier) == [key.verificationKey.identifier])
    }

    @Test(arguments: SigningKey.Kind.allCases) func opensslReadsOurKeys(kind: SigningKey.Kind) throws {
        let folder = try TemporaryFolder()
        let key = SigningKey(kind)
        try folder.write(key.pem, to: "k")
        let made = try openssl(["pkey", "-in", "k", "-pubout"], folder)
        #expect(made.output == key.verificationKey.pem, "\(made.errors)")
        #expect(try SigningKey(pem: key.pem).pem == key.pem)
    }

    @Test(arguments: [
        (["genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:x", "-out", "k"], "encrypted"),
        (["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "plain"], ""),
        (["genrsa", "-out", "k", "2048"], "not a P-256 or Ed25519 key"),
        (["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-out", "k"], "not a P-256"),
    ])
    func otherKeysAreRefusedInWords(arguments: [String], words: String) throws {
        let folder = try TemporaryFolder()
        #expect(try openssl(arguments, folder).status == 0)
        if words.isEmpty {
            // The old form of an encrypted key.
            let encrypt = ["ec", "-in", "plain", "-aes128", "-passout", "pass:x", "-out", "k"]
            #expect(try openssl(encrypt, folder).status == 0)
        }
        let pem = try text("k", folder)
        #expect {
            try SigningKey(pem: pem)
        } throws: { "\($0)".contains(words.isEmpty ? "encrypted" : words) }
    }
}
