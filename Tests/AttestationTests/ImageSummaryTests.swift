import Foundation
import GoBinary
import Testing
import Verification

@testable import Attestation

/// The summary of an image, and what the gate takes it for.
@Suite struct ImageSummaryTests {
    private static let key = SigningKey(.ed25519)
    private static let index = Digest(of: Array("index".utf8))
    private static let manifest = Digest(of: Array("manifest".utf8))
    private static let arm = Digest(of: Array("manifest of arm".utf8))
    private static let image = AttestedImage(
        repository: "registry.example.com/team/app", tag: "1.0", index: index,
        manifests: [("linux/amd64", manifest), ("linux/arm/v7", arm)])

    private func document(
        _ image: AttestedImage = ImageSummaryTests.image, key: SigningKey = ImageSummaryTests.key,
        policy: Policy = .standard, proof: ImageProof? = nil
    ) throws -> StampDocument {
        let maker = Stamp.Maker(version: ["staticcheck": "0"], time: StampedProgram.time, policy: policy)
        let summary = ImageSummary(of: image, maker: maker, proof: proof)
        return StampDocument(kind: .sigstore, bytes: try SignedImageSummary(summary, of: image, signedBy: key).bundle)
    }

    private func gate(
        _ key: SigningKey? = ImageSummaryTests.key, proof: ProofLevel? = nil, later: Int = 0, maximumAge: Int? = nil
    ) -> Gate {
        Gate(
            trust: key.map { [$0.verificationKey] } ?? [], allowsUnsigned: key == nil, policy: .standard,
            now: StampedProgram.time + later, maximumAge: maximumAge, requiredProof: proof)
    }

    /// Asks the gate about the tiny program in an image.
    private func admission(
        _ gate: Gate, _ documents: [StampDocument], manifest: Digest = ImageSummaryTests.manifest,
        indexes: [Digest] = [ImageSummaryTests.index],
        named: NamedPlatform = NamedPlatform(inImage: "linux", "amd64", nil)
    ) throws(GateRefusal) -> Admission {
        let platform = Platform(goos: "linux", goarch: "amd64")
        let subject = Subject(TinyProgram.bytes, expected: platform, permissions: 0o555)
        return try gate.admit(
            GatedProgram(bytes: TinyProgram.bytes, permissions: 0o555, subject: subject, platform: platform),
            of: GatedImage(manifest: manifest, indexes: indexes, platform: named.description, named: named),
            documents: documents)
    }

    private func refusal(_ body: () throws -> Admission) -> GateRefusal.Reason? {
        do { _ = try body() } catch { return (error as? GateRefusal)?.reason }
        return nil
    }

    /// The examples of https://github.com/package-url/purl-spec/blob/main/types/oci-definition.json, with whole digests.
    @Test(arguments: [
        (
            "gcr.io/distroless/static", "latest", "pkg:oci/static@sha256%3A",
            "?repository_url=gcr.io/distroless/static&tag=latest"
        ),
        (
            "docker.io/library/debian", "11", "pkg:oci/debian@sha256%3A",
            "?repository_url=docker.io/library/debian&tag=11"
        ),
        ("hello-wasm", "v1", "pkg:oci/hello-wasm@sha256%3A", "?tag=v1"),
    ])
    func theResourceIsThePackageURLOfTheImage(_ repository: String, _ tag: String, _ head: String, _ tail: String) {
        let image = AttestedImage(repository: repository, tag: tag, index: Self.index, manifests: [])
        #expect(image.resourceUri == head + Self.index.hexadecimal + tail)
    }

    /// https://slsa.dev/spec/v1.2/verification_summary and https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md.
    @Test func theStatementHasTheFieldsOfTheSpecifications() throws {
        let proof = ImageProof(["linux/amd64": .init(.ran, by: "linux", probes: ["GET /healthz"])])
        let bundle = try JSONSerialization.jsonObject(with: Data(document(proof: proof).bytes)) as? [String: Any]
        let envelope = try #require(bundle?["dsseEnvelope"] as? [String: Any])
        let payload = try #require((envelope["payload"] as? String).flatMap { Data(base64Encoded: $0) })
        let statement = try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
        #expect(statement["_type"] as? String == "https://in-toto.io/Statement/v1")
        #expect(statement["predicateType"] as? String == "https://slsa.dev/verification_summary/v1")
        let subjects = try #require(statement["subject"] as? [[String: Any]])
        #expect(
            subjects.map { $0["name"] as? String } == [
                "registry.example.com/team/app:1.0", "linux/amd64", "linux/arm/v7",
            ])
        #expect(
            subjects.map { ($0["digest"] as? [String: String])?["sha256"] }
                == [Self.index, Self.manifest, Self.arm].map(\.hexadecimal))
        let predicate = try #require(statement["predicate"] as? [String: Any])
        for key in ["verifier", "timeVerified", "resourceUri", "policy", "verificationResult", "verifiedLevels"] {
            #expect(predicate[key] != nil, "\(key)")
        }
        // "Producers MAY add extension fields using field names that are URIs."
        let claim = try #require(predicate[Identity.uri("image-proof/v0.1")] as? [String: Any])
        #expect(claim["level"] as? String == "run")
        let platform = (claim["platforms"] as? [String: [String: Any]])?["linux/amd64"]
        #expect(platform?["outcome"] as? String == "ran" && platform?["probes"] as? [String] == ["GET /healthz"])
    }

    @Test func anImageIsAdmittedByItsManifestOrAnIndexThatNamesIt() throws {
        let admission = try admission(gate(), [document()])
        #expect(admission.summary?.subject == "sha256:\(Self.manifest)")
        #expect(admission.digest.hexadecimal == TinyProgram.digest)
        let other = Digest(of: [1])
        let byIndex = try self.admission(gate(), [document()], manifest: other, indexes: [other, Self.index])
        #expect(byIndex.summary?.subject == "sha256:\(Self.index)")
        #expect(refusal { try self.admission(gate(), [document()], manifest: other, indexes: []) } == .digestMismatch)
    }

    @Test func onlyAKeyThatIsTrustedVouchesForAnImage() throws {
        let stranger = try document(key: SigningKey(.p256))
        #expect(refusal { try admission(gate(), [stranger]) } == .unknownKey)
        #expect(try admission(gate(), [stranger, document()]).summary != nil)
        #expect(refusal { try admission(gate(nil), [document()]) } == .missing)
    }

    @Test func whatIsCheckedOfAStampIsCheckedOfASummary() throws {
        let loose = try Policy(changes: [.init(rule: "executable-stack", level: .note)])
        #expect(refusal { try admission(gate(), [document(policy: loose)]) } == .stalePolicy)
        #expect(refusal { try admission(gate(later: 100, maximumAge: 99), [document()]) } == .expired)
        #expect(refusal { try admission(gate(later: -1000), [document()]) } == .fromTheFuture)
        // The index lists the manifest for another platform than the summary.
        let arm64 = NamedPlatform(inImage: "linux", "arm64", nil)
        #expect(refusal { try admission(gate(), [document()], named: arm64) } == .wrongPlace)
    }

    @Test(
        arguments: [
            (nil, .start, false), (.started, .start, true), (.started, .run, false), (.ran, .run, true),
            (.stillRunning, .run, true), (.failed, .start, false), (.refused, .start, false), (.ran, .start, true),
        ] as [(Proof.Outcome?, ProofLevel, Bool)])
    func aProofIsRequiredOfThePlatformItself(outcome: Proof.Outcome?, required: ProofLevel, passes: Bool) throws {
        var claims = ["linux/arm/v7": ImageProof.Claim(.ran)]
        claims["linux/amd64"] = outcome.map { ImageProof.Claim($0, by: "linux") }
        let found = refusal { try admission(gate(proof: required), [document(proof: ImageProof(claims))]) }
        #expect(found == (passes ? nil : .notProved))
    }

    /// The level of an image is that of its weakest platform.
    @Test func theLevelIsTheLeastOfAllPlatforms() {
        #expect(ImageProof([:]).level == .none)
        #expect(ImageProof(["a": .init(.ran), "b": .init(.started)]).level == .start)
        #expect(ImageProof(["a": .init(.ran), "b": .init(.notProved)]).level == .none)
    }

    /// A stamp says nothing of the image around its program, and a summary nothing of a file.
    @Test func aStampIsNoSummaryAndASummaryNoStamp() throws {
        let stamped = try StampedProgram(key: Self.key, proof: Proof(.ran))
        let stamp = StampDocument(kind: .signed, bytes: try stamped.bytes(.signed))
        #expect(try admission(gate(), [stamp]).summary == nil)
        #expect(refusal { try admission(gate(proof: .start), [stamp]) } == .missing)
        let file = AttestedImage(
            repository: "app", tag: "1", index: Digest(of: TinyProgram.bytes), manifests: [])
        let maker = Stamp.Maker(version: [:], time: StampedProgram.time, policy: .standard)
        let line = try SignedImageSummary(
            ImageSummary(of: file, maker: maker), of: file, signedBy: Self.key
        ).line
        try stamped.write(String(decoding: line, as: UTF8.self))
        #expect(
            refusal {
                try gate().admit(TinyProgram.bytes, permissions: 0o755, at: stamped.binary).admission
            } == .malformed)
    }

    /// `cosign attest --predicate` makes a statement of the older version, about the one digest that it was given.
    @Test func aStatementOfCosignIsRead() throws {
        let maker = Stamp.Maker(version: [:], time: StampedProgram.time, policy: .standard)
        let predicate = String(
            decoding: try ImageSummary(of: Self.image, maker: maker).document(), as: UTF8.self)
        func line(_ version: String, _ digest: Digest = Self.index) throws -> StampDocument {
            let statement =
                #"{"_type":"https://in-toto.io/Statement/\#(version)","predicateType":"https://slsa.dev/verification_summary/v1","#
                + #""subject":[{"name":"ghcr.io/app","digest":{"sha256":"\#(digest)"}}],"predicate":\#(predicate)}"#
            let envelope = try Envelope(signing: Array(statement.utf8), with: Self.key)
            return StampDocument(kind: .signed, bytes: Array(try JSONEncoder().encode(envelope)))
        }
        #expect(try admission(gate(), [line("v0.1")]).summary?.subject == "sha256:\(Self.index)")
        #expect(try admission(gate(), [line("v0.1", Self.manifest)]).summary?.subject == "sha256:\(Self.manifest)")
        #expect(refusal { try admission(gate(), [line("v2")]) } == .malformed)
    }

    @Test(arguments: [
        "{}", "[]", #"{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}"#,
        #"{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","messageSignature":{"signature":"AA=="}}"#,
    ])
    func whatHoldsNoEnvelopeIsNoBundle(text: String) {
        let document = StampDocument(kind: .sigstore, bytes: Array(text.utf8))
        #expect(refusal { try admission(gate(), [document]) } == .malformed)
    }
}
