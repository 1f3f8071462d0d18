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

/// What was found in a Dockerfile.
public struct DockerfileFinding: Sendable, Hashable {
    /// The rule.
    public let rule: String
    /// Its weight.
    public let level: Level
    /// Where.
    public let place: Dockerfile.Place
    /// What will happen.
    public let message: String
    /// What shows it.
    public let evidence: String
    /// How to mend it.
    public let remedy: String
}

/// The rules, applied to a Dockerfile.
public struct DockerfileLint: Sendable {
    /// Why nothing was looked at: the final stage is neither from scratch nor distroless.
    public let inapplicable: String?
    /// What was found, in the order of the file.
    public let findings: [DockerfileFinding]

    /// Applies the rules.
    ///
    /// - Parameters:
    ///   - needs: What the program looks for in its root, as far as it is known.
    ///   - target: The stage that is built; nil for the last.
    ///   - ignored: Rules that are not applied.
    /// - Throws: `ImageError` for a stage that there is not.
    public init(
        _ file: Dockerfile, needs: Set<RuntimeNeed>, target: String? = nil, ignoring ignored: Set<String> = []
    ) throws(ImageError) {
        var last = file.stages.count - 1
        if let target {
            guard let named = file.stage(named: target, before: file.stages.count) else {
                throw ImageError("there is no stage '\(target)'")
            }
            last = named
        }
        let subject = DockerfileSubject(file, final: last, needs: needs)
        guard subject.kind != .other else {
            inapplicable = "its final stage is from \(subject.base), neither scratch nor distroless"
            findings = []
            return
        }
        inapplicable = nil
        findings = DockerfileRule.all.filter { !ignored.contains($0.identifier) }.flatMap { rule in
            rule.observe(subject).map {
                DockerfileFinding(
                    rule: rule.identifier, level: rule.level, place: $0.place, message: $0.message,
                    evidence: $0.evidence, remedy: $0.remedy ?? rule.remedy)
            }
        }.sorted { $0.place < $1.place }
    }
}
