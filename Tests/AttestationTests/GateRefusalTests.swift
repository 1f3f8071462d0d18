import Files
import GoBinary
import SystemPackage
import Testing
import Verification

@testable import Attestation

/// What each refusal tells a program and a person.
@Suite struct GateRefusalTests {
    private static let platform = Platform(goos: "linux", goarch: "arm64")
    private static let amd64 = NamedPlatform(inImage: "linux", "amd64", nil)
    private static let digest = Digest(of: [])

    @Test(arguments: [
        (GateRefusal.noStamp, GateRefusal.Reason.missing, "verify --stamp"),
        (.noStampOfImage, .missing, "--stamps"), (.onlyUnsigned, .missing, "--allow-unsigned"),
        (.otherPredicate(type: "https://slsa.dev/provenance/v1"), .missing, "https://slsa.dev/provenance/v1"),
        (.unreadableStamp(FileError("a.intoto.jsonl", .notRegular)), .malformed, "the stamp is not a regular file"),
        (.notAnEnvelope, .malformed, "no DSSE envelope"), (.envelope(.payloadIsNotBase64), .malformed, "not base64"),
        (.envelope(.signatureIsNotBase64), .malformed, "not base64"),
        (.envelope(.notSigned), .malformed, "no signature"),
        (.envelope(.badSignature), .badSignature, "signature is not valid"),
        (.envelope(.unknownKey), .unknownKey, "--trust"), (.noTrustedKey, .unknownKey, "--trust"),
        (.malformedStatement, .malformed, "stamp the file again"), (.notOneSubject, .malformed, "exactly one file"),
        (.otherVerifier(id: "https://example.com/v"), .malformed, "https://example.com/v"),
        (.malformedTime("yesterday"), .malformed, "yesterday"),
        (.malformedPlatform(.notAPlatform("linux")), .malformed, "'linux'"),
        (.otherBytes(actual: digest), .digestMismatch, "e3b0c44298fc1c149afbf4c8996fb924"),
        (.notPassed, .notReady, "does not say that the file passed"), (.otherPolicy, .stalePolicy, "verify it again"),
        (.fromTheFuture(time: "2027-01-01T00:00:00Z"), .fromTheFuture, "compare the clocks"),
        (.expired(time: "2020-01-01T00:00:00Z"), .expired, "--max-age"),
        (.otherName(stamped: "server"), .wrongName, "a file named 'server'"),
        (.otherPlace(platform, .file, of: amd64), .wrongPlace, "in a folder for linux/amd64"),
        (.otherPlace(platform, .copy, of: amd64), .wrongPlace, "put the file in a folder for linux/amd64"),
        (.otherPlace(platform, .image, of: amd64), .wrongPlace, "the image says that the program is for linux/amd64"),
        (.noSummary, .missing, "--key"),
        (.otherImage(manifest: digest), .digestMismatch, "sha256:e3b0c44298fc1c149afb"),
        (.otherImage(manifest: nil), .digestMismatch, "about another image"),
        (.notProved(.none, required: .start), .notProved, "nothing was proved of it"),
        (.notProved(.start, required: .run), .notProved, "--prove=run"),
        (.notLinux(Platform(goos: "windows", goarch: "amd64")), .wrongPlatform, "windows/amd64"),
        (.neverStamped(Platform(goos: "freebsd", goarch: "amd64")), .wrongPlatform, "it is for freebsd/amd64"),
    ])
    func saysWhatIsWrongAndWhatToDo(refusal: GateRefusal, reason: GateRefusal.Reason, words: String) {
        #expect(refusal.reason == reason)
        #expect("\(refusal)".contains(words), "\(refusal)")
    }

    /// The raw values are in reports, and in docs/gate-report.schema.json.
    @Test func reasonsHaveTheirNamesOfTheReport() {
        #expect(
            GateRefusal.Reason.allCases.map(\.rawValue) == [
                "missing", "malformed", "unknown-key", "bad-signature", "digest-mismatch", "stale-policy", "expired",
                "from-the-future", "wrong-name", "wrong-place", "not-proved", "wrong-platform", "not-ready",
            ])
    }

    @Test func findingsAreToldWithTheirRules() throws {
        let script = Subject(Array("#!/bin/sh".utf8), expected: GateRefusalTests.platform, permissions: 0o755)
        let findings = Policy.standard.errors(in: script)
        let refusal = GateRefusal.notReady(findings)
        #expect(refusal.reason == .notReady)
        #expect("\(refusal)".contains("[not-a-program]"))
    }
}
