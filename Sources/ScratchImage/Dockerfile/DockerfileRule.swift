public import Verification

/// Something that is wrong with a Dockerfile whose final stage is from scratch or distroless: as a rule for binaries is, a
/// value with all that is said of it.
public struct DockerfileRule: RuleDocument {
    /// The name, which begins with `dockerfile-`.
    public let identifier: String
    /// The weight.
    public let level: Level
    /// What is wrong, in one line.
    public let summary: String
    /// Why it matters.
    public let rationale: String
    /// How it is detected.
    public let detection: String
    /// What it can miss.
    public let limits: String
    /// How to mend it.
    public let remedy: String
    /// Where the ground of the rule can be read.
    public let reference: String
    let observe: @Sendable (DockerfileSubject) -> [Observation]

    /// One thing that a rule sees.
    struct Observation {
        let place: Dockerfile.Place
        let message: String
        let evidence: String
        var remedy: String?
    }

    init(
        _ identifier: String, _ level: Level, _ summary: String, why rationale: String, how detection: String,
        limits: String, remedy: String, reference: String,
        observe: @escaping @Sendable (DockerfileSubject) -> [Observation]
    ) {
        self.identifier = "dockerfile-" + identifier
        self.level = level
        self.summary = summary
        self.rationale = rationale
        self.detection = detection
        self.limits = limits
        self.remedy = remedy
        self.reference = reference
        self.observe = observe
    }

    /// All rules, in the order in which they are applied.
    public static let all: [DockerfileRule] = [
        .rootUser, .unknownUser, .userName, .wholePasswd, .shellForm, .entryPoint, .runInScratch, .cgo, .fixedPlatform,
        .platformArgument, .undeclaredArgument, .argumentDefault, .certificates, .timeZones, .temporaryFiles,
        .unverifiedCopy,
    ]
}
