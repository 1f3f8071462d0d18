import Attestation
import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Testing
import Verification

@Suite struct StampTests {
    /// The required fields of https://slsa.dev/spec/v1.2/verification_summary and of the in-toto statement.
    @Test func holdsTheRequiredFields() throws {
        let folder = try TemporaryFolder()
        let binary = FilePath(folder.url.appending(path: "app").path)
        let bytes = Array("program".utf8)
        try Data(bytes).write(to: URL(filePath: binary.string))
        let stamp = Stamp(
            name: "app", digest: Digest(of: bytes), platform: try Platform(parsing: "linux/arm/v7"), buildInfo: nil,
            policy: .standard, maker: .init(version: ["staticcheck": "0"], time: 0))
        try stamp.write(beside: binary)
        let data = try Data(contentsOf: URL(filePath: binary.string + ".intoto.json"))
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(json["_type"] as? String == "https://in-toto.io/Statement/v1")
        #expect(json["predicateType"] as? String == "https://slsa.dev/verification_summary/v1")
        let subject = try #require((json["subject"] as? [[String: Any]])?.first)
        let digest = try #require((subject["digest"] as? [String: String])?["sha256"])
        #expect(try Execution("sha256sum", [binary.string]).output.hasPrefix(digest))
        let predicate = try #require(json["predicate"] as? [String: Any])
        for field in ["verifier", "timeVerified", "resourceUri", "policy", "verificationResult", "verifiedLevels"] {
            #expect(predicate[field] != nil, "\(field) is missing")
        }
        #expect(predicate["timeVerified"] as? String == "1970-01-01T00:00:00Z")
        #expect(predicate["verificationResult"] as? String == "PASSED")
        try Stamp.remove(beside: binary)
        #expect(!FileManager.default.fileExists(atPath: binary.string + ".intoto.json"))
    }

    @Test func aFailedWriteLeavesNothing() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "taken/inside")
        let target = FilePath(folder.url.appending(path: "taken").path)
        #expect(throws: OutputError.self) { try AtomicFile.write([1], to: target) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["taken"])
    }
}
