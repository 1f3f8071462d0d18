public import GoBinary
public import Verification

/// One entry of a report: what was examined, and what was found.
public enum ReportEntry: Sendable {
    /// A file: a program that was built, or a file that was verified.
    case binary(BinaryReport)
    /// A program that was asked for and is not built.
    case leftOut(LeftOutReport)
    /// The program that an image starts, on one platform.
    case image(ImageProgramReport)
    /// A Dockerfile.
    case dockerfile(DockerfileReport)
    /// The decision of the gate on one file.
    case gateDecision(GateReport.Entry)

    /// What every entry can tell a writer; the only switch over the cases that writers need.
    var content: any ReportEntryContent {
        switch self {
        case .binary(let content): content
        case .leftOut(let content): content
        case .image(let content): content
        case .dockerfile(let content): content
        case .gateDecision(let content): content
        }
    }
}

/// The kind of an entry, `kind` in JSON. A report without it is older than the field: its entries are binaries.
enum ReportEntryKind: String, Codable {
    case binary, image, dockerfile
    case leftOut = "left-out"
    case gateDecision = "gate-decision"
}

/// What writers ask of an entry. A kind of entry leaves out what it does not have.
protocol ReportEntryContent: Sendable, Codable {
    var kind: ReportEntryKind { get }
    var path: String { get }
    var package: String? { get }
    var source: String? { get }
    var platform: String? { get }
    var verdict: Verdict { get }
    var size: Int? { get }
    var sha256: String? { get }
    var milliseconds: Int { get }
    /// The time in milliseconds that people compare entries by; nil if there is none for this entry alone.
    var ownTime: Int? { get }
    /// The go build that made this program together with others; nil if there was none.
    var sharedBuild: SharedBuild? { get }
    /// What a cache program supplied for its build.
    var cache: CacheUse? { get }
    var proof: Proof? { get }
    var sizes: SizeBreakdown? { get }
    var bill: BillOfMaterials.Binary? { get }
    var findings: [FindingReport] { get }
    var vulnerabilities: AdvisoryScan? { get }
    var contents: ProgramContents? { get }
    /// The rules in force that were not tried; nil for none.
    var untried: [String]? { get }
    /// Why the question does not arise for an entry that is not applicable.
    var inapplicability: String { get }
    /// The files to list in an index of artifacts, each nested in the one before.
    var artifacts: [ReportArtifact] { get }
    /// The parts of a dotted name by which test tools group entries.
    var testGroup: [String] { get }
    /// The names of the tests that the entry ran under a policy.
    func tests(_ policy: PolicySummary) -> [String]
}

/// A file that a report is about, as an index of artifacts lists it.
struct ReportArtifact {
    let path: String
    /// The IANA media type, or the one in common use.
    let mediaType: String
    var size: Int?
    var sha256: String?

    /// A program. There is no registered type for ELF; file(1) and desktops use this one.
    static func program(_ path: String, size: Int?, sha256: String?) -> ReportArtifact {
        ReportArtifact(path: path, mediaType: "application/x-executable", size: size, sha256: sha256)
    }
}

extension ReportEntryContent {
    var package: String? { nil }
    var source: String? { nil }
    var platform: String? { nil }
    var size: Int? { nil }
    var sha256: String? { nil }
    var milliseconds: Int { 0 }
    var ownTime: Int? { nil }
    var sharedBuild: SharedBuild? { nil }
    var cache: CacheUse? { nil }
    var proof: Proof? { nil }
    var sizes: SizeBreakdown? { nil }
    var bill: BillOfMaterials.Binary? { nil }
    var vulnerabilities: AdvisoryScan? { nil }
    var contents: ProgramContents? { nil }
    var untried: [String]? { nil }
    var inapplicability: String { "not for Linux" }
    var artifacts: [ReportArtifact] { [.program(path, size: size, sha256: sha256)] }
    func tests(_ policy: PolicySummary) -> [String] { policy.enabled(Rule.ofPrograms) }

    /// The platform as a part of a dotted name.
    var platformGroup: String? { platform?.replacing("/", with: "-") }
}

extension ReportEntry {
    /// The file's path, or the image and the path of its program. It tells entries of one platform apart.
    public var path: String { content.path }
    /// The import path of the main package; nil if unknown.
    public var package: String? { content.package }
    /// A file of the main package, from the repository's root; nil if it was not built from source.
    public var source: String? { content.source }
    /// The platform, as the command line spells it; nil if unknown.
    public var platform: String? { content.platform }
    /// The verdict.
    public var verdict: Verdict { content.verdict }
    /// The size of the program in bytes; nil if it was not read.
    public var size: Int? { content.size }
    /// The SHA-256 digest of the program, in hexadecimal; nil if it was not computed.
    public var sha256: String? { content.sha256 }
    /// The go build that made this program together with others; nil if there was none.
    public var sharedBuild: SharedBuild? { content.sharedBuild }
    /// What a cache program supplied for its build; nil if go kept its cache itself.
    public var cache: CacheUse? { content.cache }
    /// How long it took, in milliseconds.
    public var milliseconds: Int { content.milliseconds }
    /// The result of starting the program; nil if that was not tried.
    public var proof: Proof? { content.proof }
    /// Where the bytes of the program go; nil if that was not asked for.
    public var sizes: SizeBreakdown? { content.sizes }
    /// The modules that the program is made of; nil if it does not say, or if no digest was computed.
    public var bill: BillOfMaterials.Binary? { content.bill }
    /// The findings of the rules.
    public var findings: [FindingReport] { content.findings }
    /// The known vulnerabilities of the program's modules; nil if they were not looked up.
    public var vulnerabilities: AdvisoryScan? { content.vulnerabilities }
    /// What the program is made of; nil if that was not asked for.
    public var contents: ProgramContents? { content.contents }
}

extension ReportEntry {
    /// How long it took, for people; nil if nothing was done, or if it is not known for this entry alone.
    var time: String? { content.ownTime.map { Quantity.seconds(.milliseconds($0)) } }
}

extension [ReportEntry] {
    /// The number of entries that are about a file.
    var fileCount: Int { count { $0.verdict != .leftOut } }
}

extension ReportEntry: Codable {
    private enum CodingKeys: String, CodingKey { case kind }

    /// Reads an entry by its kind.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decodeIfPresent(ReportEntryKind.self, forKey: .kind) ?? .binary {
        case .binary: self = .binary(try BinaryReport(from: decoder))
        case .leftOut: self = .leftOut(try LeftOutReport(from: decoder))
        case .image: self = .image(try ImageProgramReport(from: decoder))
        case .dockerfile: self = .dockerfile(try DockerfileReport(from: decoder))
        case .gateDecision: self = .gateDecision(try GateReport.Entry(from: decoder))
        }
    }

    /// Writes the kind beside the fields of the entry.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(content.kind, forKey: .kind)
        try content.encode(to: encoder)
    }
}
