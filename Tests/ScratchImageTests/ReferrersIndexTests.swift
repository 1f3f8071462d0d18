import Attestation
import Foundation
import Testing
import Verification

@testable import ScratchImage

/// The artifacts of an image, and the list of them that other tools write too
/// (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema).
@Suite struct ReferrersIndexTests {
    private static let subject = Descriptor(.index, digest: Digest(of: Array("image".utf8)), size: 5)

    private func artifacts(_ texts: [String] = ["a", "b"]) throws -> ImageArtifacts {
        try ImageArtifacts(
            subject: Self.subject,
            texts.map { .init(name: $0, kind: .stamp(.sigstore), bytes: Array($0.utf8)) })
    }

    private func entries(_ bytes: [UInt8]) throws -> [[String: Any]] {
        let list = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        return try #require(list?["manifests"] as? [[String: Any]])
    }

    /// "The tag schema is the digest with : replaced by -."
    @Test func theTagIsTheDigestOfTheSubject() throws {
        #expect(try artifacts().tag == "sha256-" + Digest(of: Array("image".utf8)).hexadecimal)
    }

    /// As https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md lays out the manifest of a bundle.
    @Test func theManifestOfASummaryIsLaidOutAsCosignDoes() throws {
        let image = AttestedImage(repository: "app", tag: "1", index: Digest(of: []), manifests: [])
        let summary = ImageSummary(of: image, maker: .init(version: [:], time: 0, policy: .standard))
        let signed = try SignedImageSummary(summary, of: image, signedBy: SigningKey(.ed25519))
        let artifact = try #require(
            try ImageArtifacts(subject: Self.subject, [.init(summary: signed)]).artifacts.first)
        let bytes = try #require(artifact.blobs.first { $0.digest == artifact.digest }?.bytes)
        let manifest = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let type = "application/vnd.dev.sigstore.bundle.v0.3+json"
        #expect(manifest["artifactType"] as? String == type)
        let config = try #require(manifest["config"] as? [String: Any])
        #expect(config["mediaType"] as? String == "application/vnd.oci.empty.v1+json")
        // The SHA-256 digest of {}, by sha256sum.
        #expect(
            config["digest"] as? String == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
        let layers = try #require(manifest["layers"] as? [[String: Any]])
        #expect(layers.map { $0["mediaType"] as? String } == [type])
        #expect(layers[0]["digest"] as? String == "sha256:\(Digest(of: signed.bundle))")
        let subject = try #require(manifest["subject"] as? [String: Any])
        #expect(subject["digest"] as? String == Self.subject.digest)
        #expect(subject["mediaType"] as? String == "application/vnd.oci.image.index.v1+json")
        #expect(
            manifest["annotations"] as? [String: String] == [
                "dev.sigstore.bundle.content": "dsse-envelope",
                "dev.sigstore.bundle.predicateType": "https://slsa.dev/verification_summary/v1",
                "org.opencontainers.image.created": "1970-01-01T00:00:00Z",
            ])
    }

    @Test func aNewListNamesEachArtifactWithItsType() throws {
        let artifacts = try artifacts()
        let list = try ReferrersIndex(adding: artifacts, to: nil)
        let entries = try entries(list.bytes)
        #expect(entries.map { $0["digest"] as? String } == artifacts.artifacts.map(\.digest))
        #expect(
            Set(entries.map { $0["artifactType"] as? String }) == ["application/vnd.dev.sigstore.bundle.v0.3+json"])
    }

    @Test func whatOthersWroteIsKept() throws {
        let other =
            #"{"annotations":{"x":"y"},"artifactType":"application/example","data":"e30=","digest":"sha256:\#(String(repeating: "ab", count: 32))","#
            + #""future":[1,null,true,0.5],"mediaType":"application/vnd.oci.image.manifest.v1+json","size":9007199254740993}"#
        let existing =
            #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","annotations":{"a":"b"},"manifests":[\#(other)]}"#
        let list = try ReferrersIndex(adding: artifacts(), to: Array(existing.utf8))
        #expect(!list.isUnchanged && list.hasTypesOfOthers)
        #expect(String(decoding: list.bytes, as: UTF8.self).contains(other))
        #expect(String(decoding: list.bytes, as: UTF8.self).contains(#""annotations":{"a":"b"}"#))
        #expect(try entries(list.bytes).count == 3)
    }

    @Test func whatIsThereIsNotAddedAgain() throws {
        let first = try ReferrersIndex(adding: artifacts(["a"]), to: nil)
        let second = try ReferrersIndex(adding: artifacts(["a", "b"]), to: first.bytes)
        #expect(try entries(second.bytes).count == 2)
        let third = try ReferrersIndex(adding: artifacts(["b"]), to: second.bytes)
        #expect(third.isUnchanged && third.bytes == second.bytes)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"schemaVersion":2,"manifests":[]}"#,
        #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{},"layers":[]}"#,
    ])
    func somethingElseUnderTheTagIsNotReplaced(text: String) throws {
        let artifacts = try artifacts()
        #expect(throws: ReferrersIndexError.notAnIndex(tag: artifacts.tag)) {
            try ReferrersIndex(adding: artifacts, to: Array(text.utf8))
        }
    }
}
