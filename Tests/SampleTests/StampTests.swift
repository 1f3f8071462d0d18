import Attestation
import Foundation
import SystemPackage
import TestSupport
import Testing
import Verification

@Suite struct StampTests {
    /// The required fields of https://slsa.dev/spec/v1.2/verification_summary and of the in-toto statement.
    @Test func holdsTheRequiredFields() throws {
        let file = try StampedFile(key: nil)
        let json = try file.json(.unsigned)
        #expect(json["_type"] as? String == "https://in-toto.io/Statement/v1")
        #expect(json["predicateType"] as? String == "https://slsa.dev/verification_summary/v1")
        let subject = try #require((json["subject"] as? [[String: Any]])?.first)
        let digest = try #require((subject["digest"] as? [String: String])?["sha256"])
        #expect(try Execution("sha256sum", [file.binary.string]).output.hasPrefix(digest))
        let predicate = try #require(json["predicate"] as? [String: Any])
        for field in ["verifier", "timeVerified", "resourceUri", "policy", "verificationResult", "verifiedLevels"] {
            #expect(predicate[field] != nil, "\(field) is missing")
        }
        #expect(predicate["timeVerified"] as? String == "2026-01-02T03:04:05Z")
        #expect(predicate["verificationResult"] as? String == "PASSED")
    }

    /// Ed25519 is deterministic, so two runs write the same stamp.
    @Test func isTheSameEachTime() throws {
        let key = SigningKey(.ed25519)
        let first = try StampedFile(key: key)
        let second = try StampedFile(key: key)
        #expect(try first.bytes(.signed) == second.bytes(.signed))
        #expect(try StampedFile(key: nil).bytes(.unsigned) == StampedFile(key: nil).bytes(.unsigned))
    }

    @Test func saysNothingOfTheMachine() throws {
        let file = try StampedFile(key: nil, sample: "go-cgo")
        let text = String(decoding: try file.bytes(.unsigned), as: UTF8.self)
        #expect(!text.contains(Checkout.root.path))
        #expect(!text.contains(ProcessInfo.processInfo.hostName))
        #expect(!text.contains("CGO_CFLAGS"))
    }

    @Test func namesWhatEachRuleSaid() throws {
        let policy = try Policy(changes: [
            .init(rule: "debug-data", level: .warning), .init(rule: "packed", level: nil),
        ])
        let file = try StampedFile(key: SigningKey(.p256), policy: policy)
        let lines = try file.bytes(.signed).split(separator: 0x0a)
        #expect(lines.count == 2)
        let envelope = try JSONDecoder().decode(Envelope.self, from: Data(lines[1]))
        let payload = try #require(Data(base64Encoded: envelope.payload))
        let statement = try JSONSerialization.jsonObject(with: payload) as? [String: Any]
        #expect(statement?["predicateType"] as? String == "https://in-toto.io/attestation/test-result/v0.1")
        let predicate = try #require(statement?["predicate"] as? [String: Any])
        #expect(predicate["result"] as? String == "WARNED")
        #expect(predicate["warnedTests"] as? [String] == ["debug-data"])
        #expect(predicate["failedTests"] as? [String] == [])
        #expect((predicate["passedTests"] as? [String])?.contains("interpreter") == true)
        #expect(predicate["urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#rules-off/v0.1"] as? [String] == ["packed"])
    }
}
