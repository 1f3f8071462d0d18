import Crypto
import Foundation
import Testing

@testable import Attestation

/// DSSE envelopes (https://github.com/secure-systems-lab/dsse, envelope.md and protocol.md).
@Suite struct EnvelopeTests {
    private func envelope(_ json: String) throws -> Envelope {
        try JSONDecoder().decode(Envelope.self, from: Data(json.utf8))
    }

    @Test(arguments: [
        ("http://example.com/HelloWorld", "hello world", "DSSEv1 29 http://example.com/HelloWorld 11 hello world"),
        ("", "", "DSSEv1 0  0 "), ("é", "ü", "DSSEv1 2 é 2 ü"),
    ])
    func theEncodingIsThatOfTheProtocol(type: String, document: String, encoded: String) {
        let made = Envelope.preAuthenticationEncoding(type: type, Array(document.utf8))
        #expect(String(decoding: made, as: UTF8.self) == encoded)
    }

    /// The envelope and key of protocol.md, "Test Vectors"; the signature is in DER, as go-securesystemslib writes it.
    @Test func theProtocolsOwnEnvelopeIsVerified() throws {
        let point = bytes(
            "67cd390f77aa359cb08c2235f652270493a9ed832b0abcc01f70954c0390d238"
                + "0c782bd54e269125a44f4433aff1432ce94e12bca73aa67ac80cea12608ddf74")
        let key = VerificationKey.p256(try P256.Signing.PublicKey(rawRepresentation: point))
        let signature =
            "MEQCIANyarEBrVbCdjtsaqyOSHJ14qeRk6CdxfhZ2fjvPEo7AiBR6rDAajab"
            + "ZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="
        let envelope = try envelope(
            """
            {"payload":"aGVsbG8gd29ybGQ=","payloadType":"http://example.com/HelloWorld","signatures":[{"sig":"\(signature)"}]}
            """)
        #expect(try envelope.document(signedBy: [key]) == Array("hello world".utf8))
    }

    @Test(arguments: SigningKey.Kind.allCases) func aSignedDocumentIsReturned(kind: SigningKey.Kind) throws {
        let key = SigningKey(kind)
        let envelope = try Envelope(signing: Array("{}".utf8), with: key)
        #expect(envelope.payload == "e30=")
        #expect(envelope.payloadType == "application/vnd.in-toto+json")
        #expect(envelope.signatures.map(\.keyid) == [key.verificationKey.identifier])
        #expect(try envelope.document(signedBy: [key.verificationKey]) == Array("{}".utf8))
        #expect(
            try envelope.document(signedBy: [SigningKey(.p256).verificationKey, key.verificationKey])
                == Array("{}".utf8))
    }

    /// protocol.md: "Verifiers MUST accept either" of standard and URL-safe base64.
    @Test func eitherBase64IsRead() throws {
        let key = SigningKey(.ed25519)
        let document: [UInt8] = [0xfb, 0xff, 0xbf, 0xff]
        let envelope = try Envelope(signing: document, with: key)
        #expect(envelope.payload.contains("+") && envelope.payload.contains("/") && envelope.payload.contains("="))
        func urlSafe(_ text: String) -> String {
            text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        let other = try self.envelope(
            """
            {"payload":"\(urlSafe(envelope.payload))","payloadType":"\(envelope.payloadType)",
            "signatures":[{"sig":"\(urlSafe(envelope.signatures[0].sig))"}]}
            """)
        #expect(try other.document(signedBy: [key.verificationKey]) == document)
    }

    @Test func oneGoodSignatureOfSeveralIsEnough() throws {
        let (own, other) = (SigningKey(.p256), SigningKey(.ed25519))
        let document = Array("{}".utf8)
        let signatures = try [other, own].map { try Envelope(signing: document, with: $0).signatures[0].sig }
        let both = try envelope(
            """
            {"payload":"e30=","payloadType":"\(Envelope.statementType)",
            "signatures":[{"sig":"\(signatures[0])"},{"keyid":"x","sig":"\(signatures[1])"}]}
            """)
        #expect(try both.document(signedBy: [own.verificationKey]) == document)
    }

    @Test(
        arguments: [
            ("e30=", Envelope.statementType, "own", "AAAA", EnvelopeError.badSignature),
            ("e30=", Envelope.statementType, "x", "AAAA", .unknownKey),
            ("e30=", Envelope.statementType, "", "", .unknownKey),
            ("!", Envelope.statementType, "x", "AAAA", .payloadIsNotBase64),
            ("e30=", Envelope.statementType, "x", "!!!!", .signatureIsNotBase64),
        ])
    func anythingElseProvesNothing(payload: String, type: String, keyid: String, sig: String, error: EnvelopeError)
        throws
    {
        let key = SigningKey(.p256).verificationKey
        let identifier = keyid == "own" ? key.identifier : keyid
        let envelope = try envelope(
            """
            {"payload":"\(payload)","payloadType":"\(type)","signatures":[{"keyid":"\(identifier)","sig":"\(sig)"}]}
            """)
        #expect(throws: error) { try envelope.document(signedBy: [key]) }
    }

    @Test func withoutSignatureOrTrustNothingIsReturned() throws {
        let key = SigningKey(.ed25519)
        let bare = try envelope("{\"payload\":\"e30=\",\"payloadType\":\"x\",\"signatures\":[]}")
        #expect(throws: EnvelopeError.notSigned) { try bare.document(signedBy: [key.verificationKey]) }
        let signed = try Envelope(signing: [1], with: key)
        #expect(throws: EnvelopeError.unknownKey) { try signed.document(signedBy: []) }
    }

    /// The type is signed too.
    @Test func aDocumentCannotBePassedOffAsAnotherType() throws {
        let key = SigningKey(.ed25519)
        let signed = try Envelope(signing: [1, 2, 3], with: key)
        let other = try envelope(
            """
            {"payload":"\(signed.payload)","payloadType":"text/plain","signatures":[{"sig":"\(signed.signatures[0].sig)"}]}
            """)
        #expect(throws: EnvelopeError.unknownKey) { try other.document(signedBy: [key.verificationKey]) }
    }

    @Test func eachErrorHasAMessageOfItsOwn() {
        #expect(Set(EnvelopeError.allCases.map(\.description)).count == EnvelopeError.allCases.count)
    }

    /// The bundle of Sigstore's protobuf-specs in JSON: the fields that a verifier with a key needs.
    @Test func aBundleHoldsTheEnvelopeAndAHintAtTheKey() throws {
        let key = SigningKey(.p256)
        let envelope = try Envelope(signing: Array("{}".utf8), with: key)
        let json = try JSONSerialization.jsonObject(
            with: JSONEncoder().encode(SigstoreBundle(envelope, by: key.verificationKey)))
        let bundle = try #require(json as? [String: Any])
        #expect(bundle["mediaType"] as? String == "application/vnd.dev.sigstore.bundle.v0.3+json")
        let material = try #require(bundle["verificationMaterial"] as? [String: Any])
        let hint = try #require((material["publicKey"] as? [String: String])?["hint"])
        #expect(Data(base64Encoded: hint) == Data(SHA256.hash(data: key.verificationKey.der)))
        #expect((material["tlogEntries"] as? [Any])?.isEmpty == true)
        #expect((bundle["dsseEnvelope"] as? [String: Any])?["payload"] as? String == "e30=")
    }
}
