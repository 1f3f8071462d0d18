import Verification

/// The predicate of a SLSA Verification Summary about an image: who verified it against which policy, and the result.
///
/// The statement's subjects are the index and the manifest of each platform.
///
/// Source: https://slsa.dev/spec/v1.2/verification_summary
public struct ImageSummary: Codable, Sendable {
    /// The program that verified the image.
    public let verifier: VerificationSummary.Verifier
    /// The time of the verification, RFC 3339 in UTC.
    public let timeVerified: String
    /// The package URL of the image, with its digest.
    public let resourceUri: String
    /// The policy, by URI and digest.
    public let policy: ResourceDescriptor
    /// `PASSED` or `FAILED`.
    public let verificationResult: String
    /// The levels that the image reached.
    public let verifiedLevels: [String]
    /// The version of the SLSA specification.
    public let slsaVersion: String
    /// What was proved by starting the image (an extension field); nil if nothing was.
    public let proof: ImageProof?

    private enum CodingKeys: String, CodingKey {
        case verifier, timeVerified, resourceUri, policy, verificationResult, verifiedLevels, slsaVersion
        case proof = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#image-proof/v0.1"
    }

    /// Sums up the verification of an image that passed: a gate admitted its programs, and it was made of nothing else.
    public init(of image: AttestedImage, maker: Stamp.Maker, proof: ImageProof? = nil) {
        verifier = VerificationSummary.Verifier(id: VerificationSummary.verifier, version: maker.version)
        timeVerified = StatedTime.text(of: maker.time)
        resourceUri = image.resourceUri
        policy = maker.policyDescriptor
        verificationResult = VerificationSummary.passed
        verifiedLevels = [VerificationSummary.level]
        slsaVersion = "1.2"
        self.proof = proof
    }

    /// The predicate alone, for tools that make the statement and sign it.
    public func document() throws -> [UInt8] { try Stamp.json(self, isPretty: true) }
}

/// A statement about an image, signed with a key.
public struct SignedImageSummary: Sendable {
    /// The DSSE envelope, as the only line of an in-toto bundle.
    public let line: [UInt8]
    /// The same envelope as a Sigstore bundle.
    public let bundle: [UInt8]
    /// When the image was verified, RFC 3339 in UTC.
    public let timeVerified: String

    /// Signs a summary.
    ///
    /// - Throws: The error of the cryptographic library if the key does not sign.
    public init(_ summary: ImageSummary, of image: AttestedImage, signedBy key: SigningKey) throws {
        let statement = Statement(
            subject: image.subjects, predicateType: VerificationSummary.predicateType, predicate: summary)
        let envelope = try Envelope(signing: Stamp.json(statement), with: key)
        line = try Stamp.json(envelope) + [0x0a]
        bundle = try Stamp.json(SigstoreBundle(envelope, by: key.verificationKey))
        timeVerified = summary.timeVerified
    }
}
