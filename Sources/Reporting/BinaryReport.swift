public import Attestation
public import GoBinary
public import Verification

/// What was found of one binary.
public struct BinaryReport: Sendable, Codable {
    /// Where it lies.
    public let path: String
    /// The import path of its main package, where it is known.
    public let package: String?
    /// A file of its main package, from the repository's root, where it was built from sources.
    public let source: String?
    /// The platform, as it is written on the command line.
    public let platform: String?
    /// The verdict.
    public let verdict: Verdict
    /// Its size in bytes.
    public let size: Int?
    /// SHA-256 of the bytes that were verified.
    public let sha256: String?
    /// The toolchain that built it.
    public let goVersion: String?
    /// How long build and verification took, in milliseconds.
    public let milliseconds: Int
    /// What came of starting it, where that was tried.
    public let proof: Proof?
    /// What came of building it a second time, where that was tried.
    public let reproduction: Reproduction?
    /// Where its stamp was written.
    public let stamp: String?
    /// What the rules saw.
    public let findings: [FindingReport]
    /// Where its bytes go, where that was asked for.
    public let sizes: SizeBreakdown?
    /// Whether it is a Dockerfile, and no binary.
    public private(set) var isDockerfile = false
    /// What it is made of, where it says so; reports of verdicts do not show it.
    public private(set) var bill: BillOfMaterials.Binary? = nil

    private enum CodingKeys: String, CodingKey {
        case path, package, source, platform, verdict, size, sha256, goVersion, milliseconds, proof, reproduction, stamp
        case findings, sizes
    }

    /// Makes a report.
    public init(
        path: String, package: String?, source: String? = nil, platform: Platform?, verdict: Verdict, size: Int? = nil,
        digest: Digest? = nil, buildInfo: BuildInfo? = nil, duration: Duration, proof: Proof? = nil,
        reproduction: Reproduction? = nil, stamp: String? = nil, sizes: SizeBreakdown? = nil, findings: [Finding] = [],
        causes: [String] = []
    ) {
        self.init(
            path: path, package: package, source: source, platform: platform, verdict: verdict, size: size,
            digest: digest, buildInfo: buildInfo, duration: duration, proof: proof, reproduction: reproduction,
            stamp: stamp, sizes: sizes, reported: findings.map { FindingReport($0, causes: causes) })
    }

    private init(
        path: String, package: String?, source: String? = nil, platform: Platform?, verdict: Verdict, size: Int? = nil,
        digest: Digest? = nil, buildInfo: BuildInfo? = nil, duration: Duration, proof: Proof? = nil,
        reproduction: Reproduction? = nil, stamp: String? = nil, sizes: SizeBreakdown? = nil,
        reported findings: [FindingReport]
    ) {
        self.path = path
        self.package = package
        self.source = source
        self.platform = platform?.description
        self.verdict = verdict
        self.size = size
        self.sha256 = digest?.hexadecimal
        self.goVersion = buildInfo?.goVersion
        self.milliseconds = Int(duration / .milliseconds(1))
        self.proof = proof
        self.reproduction = reproduction
        self.stamp = stamp
        self.sizes = sizes
        self.findings = findings
        if let buildInfo, let digest { bill = .init(path: path, digest: digest, buildInfo: buildInfo) }
    }
}

extension BinaryReport {
    /// What was found in a Dockerfile.
    public init(dockerfile path: String, isApplicable: Bool, findings: [Finding], duration: Duration) {
        self.init(
            path: path, package: nil, platform: nil,
            verdict: !isApplicable ? .notApplicable : findings.contains { $0.level == .error } ? .notReady : .ready,
            duration: duration, reported: findings.map { FindingReport($0, causes: []) })
        isDockerfile = true
    }

    /// What a gate has to say of a file.
    init(path: String, platform: String?, isReady: Bool, size: Int?, sha256: String?, finding: FindingReport?) {
        self.path = path
        package = nil
        source = nil
        self.platform = platform
        verdict = isReady ? .ready : .notReady
        self.size = size
        self.sha256 = sha256
        goVersion = nil
        milliseconds = 0
        proof = nil
        reproduction = nil
        stamp = nil
        sizes = nil
        findings = finding.map { [$0] } ?? []
    }
}
