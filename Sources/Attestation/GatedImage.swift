public import GoBinary
public import Verification

/// One platform of an image that a gate decides on.
public struct GatedImage: Sendable {
    /// The digest of its manifest; nil if the image has none, as in a docker-archive.
    public let manifest: Digest?
    /// The digests of the indexes that name it.
    public let indexes: [Digest]
    /// The platform, as the image names it.
    public let platform: String
    /// The platform as a stamp is compared with it.
    public let named: NamedPlatform

    /// Describes a platform of an image.
    public init(manifest: Digest?, indexes: [Digest], platform: String, named: NamedPlatform) {
        self.manifest = manifest
        self.indexes = indexes
        self.platform = platform
        self.named = named
    }
}

/// The program that an image starts.
public struct GatedProgram: Sendable {
    /// The whole program.
    public let bytes: [UInt8]
    /// Its permission bits.
    public let permissions: UInt32
    /// The program in the image, as rules read it.
    public let subject: Subject
    /// The platform that it must be for; nil if Go does not know the one that the image names.
    public let platform: Platform?

    /// Describes a program.
    public init(bytes: [UInt8], permissions: UInt32, subject: Subject, platform: Platform?) {
        self.bytes = bytes
        self.permissions = permissions
        self.subject = subject
        self.platform = platform
    }
}

/// The summary of an image by which a gate admitted a platform.
public struct AdmittingSummary: Sendable, Hashable, Codable {
    /// The SHA-256 digest of the statement that was signed, in hexadecimal.
    public let sha256: String
    /// The subject that the image was recognised by: `sha256:…`, the manifest or an index that names it.
    public let subject: String
    /// The `resourceUri` of the summary.
    public let resourceUri: String
    /// What was proved of this platform.
    public let proof: ProofLevel
}

extension Gate {
    /// Checks the program that an image starts against the image's summary, or against the program's stamp if there is no
    /// summary that admits it. If a proof is required, a stamp is not enough: its program was proved without the image.
    ///
    /// - Parameters:
    ///   - program: The program.
    ///   - image: The platform of the image that it is in.
    ///   - documents: The stamps and summaries that were found.
    /// - Throws: `GateRefusal`, of the document that passed the most checks.
    public func admit(
        _ program: GatedProgram, of image: GatedImage, documents: [StampDocument]
    ) throws(GateRefusal) -> Admission {
        let errors = policy.errors(in: program.subject)
        guard errors.isEmpty else { throw .notReady(errors) }
        do {
            return try admitBySummary(program, of: image, documents)
        } catch {
            guard requiredProof == nil else { throw error }
            do {
                return try admit(
                    program.bytes, permissions: program.permissions, stamps: documents, inImageFor: image.named
                ).admission
            } catch let refusal {
                throw refusal.reason.progress < error.reason.progress ? error : refusal
            }
        }
    }

    private func admitBySummary(
        _ program: GatedProgram, of image: GatedImage, _ documents: [StampDocument]
    ) throws(GateRefusal) -> Admission {
        guard let platform = program.platform, platform.isLinux else { throw .noSummary }
        // Without a key nobody vouches for a summary.
        let candidates = trust.isEmpty ? [] : documents.flatMap(StampCandidate.summaries(of:))
        let (summary, admitting) = try claim(among: candidates, otherwise: .noSummary) {
            (document) throws(GateRefusal) -> (ImageSummary, AdmittingSummary) in
            try self.summary(in: document, of: image)
        }
        return Admission(
            size: program.bytes.count, permissions: program.permissions, platform: platform,
            digest: Digest(of: program.bytes), timeVerified: summary.timeVerified, stampedName: nil,
            subject: program.subject, summary: admitting)
    }

    /// Compares a statement with an image, in the order of https://slsa.dev/spec/v1.2/verification_summary, "How to verify".
    private func summary(
        in document: [UInt8], of image: GatedImage
    ) throws(GateRefusal) -> (ImageSummary, AdmittingSummary) {
        let statement = try statement(in: document, as: ImageSummary.self, versions: StatementHead.versionsOfImages)
        // The stamp of a program is a summary too, and never one of an image.
        guard (try? self.statement(in: document, as: VerificationSummary.self)) == nil else { throw .noSummary }
        let digests = ([image.manifest] + image.indexes).compactMap { $0 }
        let matches = statement.subject.filter { subject in subject.sha256.map(digests.contains) ?? false }
        guard !matches.isEmpty else { throw .otherImage(manifest: image.manifest) }
        let own = matches.first { $0.sha256 == image.manifest }
        let summary = statement.predicate
        try check(summary)
        let name = try platformName(of: own, in: image)
        let proof = summary.proof?.platforms[name]?.level ?? .none
        try checkProof(proof)
        return (
            summary,
            AdmittingSummary(
                sha256: Digest(of: document).hexadecimal,
                subject: "sha256:\((own ?? matches[0]).digest["sha256"] ?? "")",
                resourceUri: summary.resourceUri, proof: proof)
        )
    }

    /// The name of the platform in the summary. A manifest that an index lists for another platform is refused, as a program is.
    private func platformName(of own: ResourceDescriptor?, in image: GatedImage) throws(GateRefusal) -> String {
        // Other tools write the name of the repository there.
        guard let name = own?.name, let platform = try? Platform(parsing: name), platform.isLinux else {
            return image.platform
        }
        guard image.named.fits(platform) else { throw .otherPlace(platform, .image, of: image.named) }
        return name
    }
}
