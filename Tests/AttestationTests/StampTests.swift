import Files
import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Testing
import Verification

@testable import Attestation

/// The bytes of stamps. They are spelled out from the in-toto statement (v1), SLSA's verification summary (v1) and in-toto's
/// test result (v0.1): a change of any byte breaks stamps that exist.
@Suite struct StampTests {
    private let policyDigest = Digest(of: Array(Policy.standard.canonicalText.utf8)).hexadecimal

    @Test func anUnsignedStampIsTheseBytes() throws {
        let stamp = try StampedProgram(key: nil).text(.unsigned)
        #expect(
            stamp == """
                {
                  "_type" : "https://in-toto.io/Statement/v1",
                  "predicate" : {
                    "policy" : {
                      "digest" : {
                        "sha256" : "\(policyDigest)"
                      },
                      "uri" : "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#policy/v1"
                    },
                    "resourceUri" : "urn:sha256:\(TinyProgram.digest)",
                    "slsaVersion" : "1.2",
                    "timeVerified" : "2026-01-02T03:04:05Z",
                    "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#platform/v0.1" : "linux/amd64",
                    "verificationResult" : "PASSED",
                    "verifiedLevels" : [
                      "SCRATCH_READY_V1"
                    ],
                    "verifier" : {
                      "id" : "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#verifier/v1",
                      "version" : {
                        "staticcheck" : "0"
                      }
                    }
                  },
                  "predicateType" : "https://slsa.dev/verification_summary/v1",
                  "subject" : [
                    {
                      "digest" : {
                        "sha256" : "\(TinyProgram.digest)"
                      },
                      "name" : "app"
                    }
                  ]
                }

                """)
    }

    @Test func aSignedStatementIsOneLineOfTheseBytes() throws {
        let proof = Proof(.started, by: "linux", detail: "/home/me")
        let program = try StampedProgram(
            key: SigningKey(.ed25519), proof: proof,
            reproduction: Reproduction(comparing: [1], with: [1], builtIn: ("/a", "/b")))
        let predicate = """
            {"policy":{"digest":{"sha256":"\(policyDigest)"},"uri":"urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#policy/v1"},\
            "resourceUri":"urn:sha256:\(TinyProgram.digest)","slsaVersion":"1.2","timeVerified":"2026-01-02T03:04:05Z",\
            "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#platform/v0.1":"linux/amd64",\
            "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#proof/v0.1":{"by":"linux","outcome":"started"},\
            "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#reproduction/v0.1":{"isIdentical":true},\
            "verificationResult":"PASSED","verifiedLevels":["SCRATCH_READY_V1"],\
            "verifier":{"id":"urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#verifier/v1","version":{"staticcheck":"0"}}}
            """
        #expect(
            try program.statement() == """
                {"_type":"https://in-toto.io/Statement/v1","predicate":\(predicate),\
                "predicateType":"https://slsa.dev/verification_summary/v1",\
                "subject":[{"digest":{"sha256":"\(TinyProgram.digest)"},"name":"app"}]}
                """)
    }

    /// Ed25519 is deterministic (RFC 8032), so two runs write the same stamp.
    @Test func equalInputGivesEqualStamps() throws {
        let key = SigningKey(.ed25519)
        #expect(try StampedProgram(key: key).bytes(.signed) == StampedProgram(key: key).bytes(.signed))
    }

    @Test func theSecondLineSaysWhatEachRuleFound() throws {
        let policy = try Policy(changes: [.init(rule: "packed", level: nil)])
        let program = try StampedProgram(key: SigningKey(.p256), policy: policy)
        #expect(try program.lines().count == 2)
        let json = try JSONSerialization.jsonObject(with: Data(program.statement(line: 1).utf8))
        let statement = try #require(json as? [String: Any])
        #expect(statement["predicateType"] as? String == "https://in-toto.io/attestation/test-result/v0.1")
        let predicate = try #require(statement["predicate"] as? [String: Any])
        #expect(predicate["result"] as? String == "PASSED")
        #expect(predicate["warnedTests"] as? [String] == [])
        #expect(predicate["failedTests"] as? [String] == [])
        let passed = try #require(predicate["passedTests"] as? [String])
        #expect(passed.contains("interpreter") && !passed.contains("packed"))
        #expect(predicate["urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#rules-off/v0.1"] as? [String] == ["packed"])
        #expect((predicate["configuration"] as? [[String: Any]])?.count == 1)
    }

    @Test(arguments: [
        (nil, false, ["app", "app.intoto.json"]), (SigningKey.Kind.p256, false, ["app", "app.intoto.jsonl"]),
        (.ed25519, true, ["app", "app.intoto.jsonl", "app.sigstore.json"]),
        (nil, true, ["app", "app.intoto.json"]),
    ])
    func eachFormHasFilesOfItsOwnThatAreRemovedTogether(kind: SigningKey.Kind?, isSigstore: Bool, names: [String])
        throws
    {
        let program = try StampedProgram(key: kind.map(SigningKey.init), isSigstore: isSigstore)
        func files() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: program.folder.url.path).sorted()
        }
        #expect(try files() == names)
        #expect(Stamp.origin(beside: program.binary)?.digest?.hexadecimal == TinyProgram.digest)
        try Stamp.remove(beside: program.binary)
        #expect(try files() == ["app"])
        #expect(Stamp.origin(beside: program.binary) == nil)
        try Stamp.remove(beside: program.binary)
    }

    /// Other tools write provenance and signatures under these names, and a program may have one.
    @Test(arguments: [
        (StampFile.signed, #"{"payloadType": "application/vnd.in-toto+json", "payload": "e30=", "signatures": []}"#),
        (.sigstore, #"{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "messageSignature": {}}"#),
        (.sigstore, "\u{7F}ELF"), (.unsigned, "{}"), (.unsigned, ""),
    ])
    func filesOfOthersAreNeitherRemovedNorReplaced(file: StampFile, text: String) throws {
        let program = try StampedProgram(key: file == .unsigned ? nil : SigningKey(.p256), isSigstore: true)
        try program.write(text, to: file)
        try Stamp.remove(beside: program.binary)
        #expect(try program.text(file) == text)
        #expect {
            try program.write()
        } throws: {
            ($0 as? OutputError)?.fault == .isForeign && "\($0)".contains("app.\(file.rawValue)")
        }
        #expect(try program.text(file) == text)
    }

    /// A start was tried and an image was not, so a rule about images did not pass.
    @Test(arguments: [nil, Proof(.started, by: "linux"), Proof(.notProved, detail: "no emulator")] as [Proof?])
    func aRuleThatWasNotTriedDidNotPass(proof: Proof?) throws {
        let program = try StampedProgram(key: SigningKey(.p256), proof: proof)
        let json = try JSONSerialization.jsonObject(with: Data(program.statement(line: 1).utf8))
        let predicate = try #require((json as? [String: Any])?["predicate"] as? [String: Any])
        let passed = try #require(predicate["passedTests"] as? [String])
        let key = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#rules-not-tried/v0.1"
        let untried = try #require(predicate[key] as? [String])
        #expect(Set(passed).isDisjoint(with: untried))
        #expect(passed.contains("does-not-start") == (proof?.outcome == .started))
        #expect(untried.contains("does-not-start") == (proof?.outcome != .started))
        for rule in [
            "does-not-answer", "does-not-stop", "vulnerable", "not-reproducible", "entry-point", "denied-license",
        ] {
            #expect(untried.contains(rule), "\(rule)")
        }
    }

    @Test func aFailedWriteLeavesNothing() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "taken/inside")
        let target = FilePath(folder.url.appending(path: "taken").path)
        #expect(throws: OutputError.self) { try AtomicFile.write([1], to: target) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["taken"])
    }

    @Test(arguments: [
        ("app.intoto.jsonl", StampFile.signed), ("app.intoto.json", .unsigned), ("x.y.sigstore.json", .sigstore),
        ("app", nil), ("intoto.json", nil), ("app.json", nil),
    ])
    func aStampElsewhereIsKnownByItsName(name: String, kind: StampFile?) throws {
        let folder = try TemporaryFolder()
        let path = FilePath(try folder.write("content", to: name).path)
        let document = StampDocument(at: path)
        #expect(document?.kind == kind)
        #expect(document.map { $0.bytes == Array("content".utf8) } ?? true)
    }
}
