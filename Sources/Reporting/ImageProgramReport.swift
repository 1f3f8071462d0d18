import Attestation
public import ELF
public import GoBinary
public import Licensing
public import Verification

/// What was found in an image for one platform: the program that it starts, and what its root gives that program.
public struct ImageProgramReport: Sendable, Codable {
    /// The image as the command line names it, and the path of the program in it if there is one.
    public let path: String
    /// The platform that the image is for; nil if unknown.
    public let platform: String?
    /// The verdict.
    public let verdict: Verdict
    /// The size of the program in bytes.
    public let size: Int?
    /// The SHA-256 digest of the program, in hexadecimal.
    public let sha256: String?
    /// The version of Go that built the program.
    public let goVersion: String?
    /// How long it took to read and verify, in milliseconds.
    public let milliseconds: Int
    /// The findings of the rules.
    public let findings: [FindingReport]
    /// The known vulnerabilities of its modules; nil if they were not looked up.
    public let vulnerabilities: AdvisoryScan?
    /// What was demanded of its inside, and whether it holds; nil if nothing was.
    public let demands: DemandCheck?
    /// The rules in force that were not tried; nil for none.
    public let untried: [String]?
    /// What it is made of; nil if that was not asked for, or if it is not a Go program.
    public let contents: ProgramContents?
    /// What the program did when it was started in the image; nil if that was not tried.
    public let proof: Proof?
    /// Where the bytes of the program go; nil if that was not asked for.
    public let sizes: SizeBreakdown?
    /// The modules that the program is made of; not part of the JSON report.
    public private(set) var bill: BillOfMaterials.Binary? = nil
    /// The parts of the path; nil in a report that was read from JSON, where they cannot be told apart.
    private var parts: (image: String, program: String)? = nil

    private enum CodingKeys: String, CodingKey {
        case path, platform, verdict, size, sha256, goVersion, milliseconds, proof, findings, sizes, vulnerabilities
        case demands, untried, contents
    }

    /// Reports on the program of an image.
    ///
    /// - Parameters:
    ///   - image: The image as the command line names it.
    ///   - program: The path of the program in the image; nil if the image was not looked into.
    ///   - bytes: The program; empty if it was not found.
    ///   - notes: The notes of the program, which may name packages.
    ///   - supplier: Who supplies the program, for its bill of materials; nil for what its module path tells.
    public init(
        image: String, program: String? = nil, platform: Platform?, verdict: Verdict, bytes: [UInt8] = [],
        buildInfo: BuildInfo? = nil, notes: [Note] = [], duration: Duration, sizes: SizeBreakdown? = nil,
        proof: Proof? = nil,
        findings: [Finding] = [], vulnerabilities: AdvisoryScan? = nil, supplier: Supplier? = nil,
        demands: DemandCheck? = nil, untried: [String] = [], contents: ProgramContents? = nil
    ) {
        let digest = bytes.isEmpty ? nil : Digest(of: bytes)
        path = [image, program].compactMap { $0 }.joined(separator: " ")
        parts = program.map { (image, $0) }
        self.platform = platform?.description
        self.verdict = verdict
        size = bytes.isEmpty ? nil : bytes.count
        sha256 = digest?.hexadecimal
        goVersion = buildInfo?.goVersion
        milliseconds = Int(duration / .milliseconds(1))
        self.sizes = sizes
        self.vulnerabilities = vulnerabilities
        self.demands = demands
        self.untried = untried.isEmpty ? nil : untried
        self.contents = contents
        self.proof = proof
        self.findings = findings.map { FindingReport($0, causes: []) }
        if let digest, buildInfo != nil || !notes.isEmpty {
            var facts = BillFacts()
            facts.supplier = supplier
            let long = LongDigest(of: bytes)
            bill =
                buildInfo.map {
                    .init(path: path, digest: digest, longDigest: long, buildInfo: $0, notes: notes, facts: facts)
                } ?? .init(path: path, digest: digest, longDigest: long, notes: notes, facts: facts)
        }
        bill?.advisories = vulnerabilities?.ifRead
    }

    /// Reports that an image names a platform whose image is not there.
    ///
    /// - Parameter platform: The platform; a digest if the image says no platform.
    public init(image: String, absent platform: String) {
        let known = try? Platform(parsing: platform)
        self.init(
            image: image, program: known == nil ? platform : nil, named: known?.description, verdict: .leftOut)
    }

    private init(image: String, program: String?, named platform: String?, verdict: Verdict) {
        path = [image, program].compactMap { $0 }.joined(separator: " ")
        self.platform = platform
        self.verdict = verdict
        size = nil
        sha256 = nil
        goVersion = nil
        milliseconds = 0
        findings = []
        demands = nil
        untried = nil
        contents = nil
        proof = nil
        sizes = nil
        vulnerabilities = nil
    }
}

extension ImageProgramReport: ReportEntryContent {
    var kind: ReportEntryKind { .image }
    var ownTime: Int? { verdict == .leftOut ? nil : milliseconds }
    var testGroup: [String] { ["image", platformGroup ?? "unknown"] }

    /// The image, and the program nested in it: size and digest are the program's.
    var artifacts: [ReportArtifact] {
        let image = ReportArtifact(
            path: parts?.image ?? path, mediaType: "application/vnd.oci.image.manifest.v1+json")
        guard let program = parts?.program, size != nil else { return [image] }
        return [image, .program(program, size: size, sha256: sha256)]
    }
}
