public import Attestation
public import GoBinary
public import Verification

/// What was found in one file: a program that was built, or a file that was verified.
public struct BinaryReport: Sendable, Codable {
    /// The path of the file.
    public let path: String
    /// The import path of the main package; nil if unknown.
    public let package: String?
    /// A file of the main package, from the repository's root; nil if it was not built from source.
    public let source: String?
    /// The platform, as the command line spells it; nil if unknown.
    public let platform: String?
    /// The verdict; `failed` if it was not built.
    public let verdict: Verdict
    /// The size in bytes.
    public let size: Int?
    /// The SHA-256 digest of the bytes that were verified, in hexadecimal.
    public let sha256: String?
    /// The version of Go that built it.
    public let goVersion: String?
    /// How long it took to build and verify, in milliseconds; only to verify if there is a shared build.
    public let milliseconds: Int
    /// The go build that made it together with other programs; nil if it was built alone or not built.
    public let sharedBuild: SharedBuild?
    /// The result of starting it; nil if that was not tried.
    public let proof: Proof?
    /// The result of building it a second time; nil if that was not tried.
    public let reproduction: Reproduction?
    /// What a cache program supplied for its build; nil if go kept its cache itself, or it was not built.
    public let cache: CacheUse?
    /// The path of its stamp; nil if it was not stamped.
    public let stamp: String?
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
    /// Where its bytes go; nil if that was not asked for.
    public let sizes: SizeBreakdown?
    /// The modules that it is made of; not part of the JSON report.
    public private(set) var bill: BillOfMaterials.Binary? = nil

    private enum CodingKeys: String, CodingKey {
        case path, package, source, platform, verdict, size, sha256, goVersion, milliseconds, proof, reproduction, stamp
        case findings, sizes, sharedBuild, vulnerabilities, cache, demands, untried
        case contents
    }

    /// Reports on a file.
    ///
    /// - Parameters:
    ///   - duration: How long it took to build and verify; only to verify if there is a shared build.
    ///   - sharedBuild: The go build that made it together with other programs.
    ///   - digest: The digest of the bytes.
    ///   - bill: The modules that it is made of.
    ///   - causes: What in the build made the program dynamic, for findings about that.
    public init(
        path: String, package: String?, source: String? = nil, platform: Platform?, verdict: Verdict, size: Int? = nil,
        digest: Digest? = nil, buildInfo: BuildInfo? = nil, duration: Duration, sharedBuild: SharedBuild? = nil,
        proof: Proof? = nil,
        reproduction: Reproduction? = nil, cache: CacheUse? = nil, stamp: String? = nil, sizes: SizeBreakdown? = nil,
        findings: [Finding] = [],
        vulnerabilities: AdvisoryScan? = nil, causes: [String] = [], bill: BillOfMaterials.Binary? = nil,
        demands: DemandCheck? = nil, untried: [String] = [], contents: ProgramContents? = nil
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
        self.sharedBuild = sharedBuild
        self.proof = proof
        self.reproduction = reproduction
        self.cache = cache
        self.stamp = stamp
        self.sizes = sizes
        self.vulnerabilities = vulnerabilities
        self.demands = demands
        self.untried = untried.isEmpty ? nil : untried
        self.contents = contents
        self.findings = findings.map { FindingReport($0, causes: causes) }
        self.bill = bill
        // What scanners are told needs the modules too, also if nobody asked for a bill.
        if bill == nil, vulnerabilities != nil, let buildInfo, let digest {
            self.bill = .init(path: path, digest: digest, buildInfo: buildInfo)
        }
        self.bill?.advisories = vulnerabilities?.ifRead
    }
}

extension BinaryReport: ReportEntryContent {
    var kind: ReportEntryKind { .binary }
    var ownTime: Int? { sharedBuild == nil ? milliseconds : nil }
    var testGroup: [String] { [platformGroup ?? "unknown"] }
}
