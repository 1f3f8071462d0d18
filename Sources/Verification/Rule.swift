import Dockerfiles

/// A check: its documentation and a pure function.
public struct Rule: Sendable {
    /// The documentation of the rule.
    public let document: RuleDocument
    let observer: Observer

    /// The function of a rule, by the kind of file that it examines.
    enum Observer: Sendable {
        case file(Reading, isTried: @Sendable (Subject) -> Bool, @Sendable (Subject) -> [Observation])
        case dockerfile(@Sendable (FinalImage, BuildContext) -> [Observation])
    }

    /// One fault that a rule sees; with the rule and its level it becomes a finding.
    struct Observation: Sendable, Hashable {
        let place: Dockerfile.Place?
        let message: Finding.Message
        let evidence: String
        /// nil for the remedy of the rule's documentation.
        let remedy: String?
        let library: String?
        let advisory: Advisory?

        init(
            at place: Dockerfile.Place? = nil, _ message: Finding.Message, evidence: String, remedy: String? = nil,
            library: String? = nil, advisory: Advisory? = nil
        ) {
            self.place = place
            self.message = message
            self.evidence = evidence
            self.remedy = remedy
            self.library = library
            self.advisory = advisory
        }
    }

    /// Makes a rule about a program or the image around it.
    ///
    /// - Parameters:
    ///   - document: The documentation of the rule.
    ///   - reads: The evidence that the rule needs. The function gets nothing else.
    ///   - observe: The function. It is called only if the subject has all evidence that is not optional.
    init<each Read: Evidence>(
        _ document: RuleDocument, reads: repeat (each Read).Type,
        observe: @escaping @Sendable (repeat each Read) -> [Observation]
    ) {
        var reading: Reading = []
        for part in repeat (each Read).reading { reading.formUnion(part) }
        self.init(
            document: document,
            observer: .file(
                reading,
                isTried: { subject in
                    for isMissing in repeat subject.lacks((each Read).self) {
                        if isMissing { return false }
                    }
                    return true
                },
                { subject in
                    do { return observe(repeat try subject.evidence((each Read).self)) } catch { return [] }
                }))
    }

    /// Makes a rule about Dockerfiles.
    static func ofDockerfile(
        _ document: RuleDocument, observe: @escaping @Sendable (FinalImage) -> [Observation]
    ) -> Rule {
        ofDockerfile(document) { image, _ in observe(image) }
    }

    /// Makes a rule about Dockerfiles that looks at files of the build context too.
    static func ofDockerfile(
        _ document: RuleDocument, observe: @escaping @Sendable (FinalImage, BuildContext) -> [Observation]
    ) -> Rule {
        Rule(document: document, observer: .dockerfile(observe))
    }

    init(document: RuleDocument, observer: Observer) {
        self.document = document
        self.observer = observer
    }

    /// The name of the rule in reports, policies and command lines.
    public var identifier: String { document.identifier }

    /// The level of its findings, unless a policy changes it.
    public var level: Level { document.level }

    /// What must be read of a file to apply the rule.
    var reading: Reading {
        guard case .file(let reading, _, _) = observer else { return [] }
        return reading
    }

    /// Applies the rule to a program; none for a rule about Dockerfiles.
    func observe(_ subject: Subject) -> [Observation] {
        guard case .file(_, _, let observe) = observer else { return [] }
        return observe(subject)
    }

    /// Whether there is what the rule needs besides the program's own bytes; false for a rule about Dockerfiles.
    func isTried(_ subject: Subject) -> Bool {
        guard case .file(_, let isTried, _) = observer else { return false }
        return isTried(subject)
    }

    /// Applies the rule to a Dockerfile; none for a rule about programs.
    func observe(_ image: FinalImage, in context: BuildContext) -> [Observation] {
        guard case .dockerfile(let observe) = observer else { return [] }
        return observe(image, context)
    }

    /// Makes findings at a level.
    func findings(_ observations: [Observation], at level: Level) -> [Finding] {
        observations.map {
            Finding(
                rule: identifier, level: level, message: $0.message, evidence: $0.evidence,
                remedy: $0.remedy ?? document.remedy, place: $0.place, library: $0.library, advisory: $0.advisory)
        }
    }
}

private struct MissingEvidence: Error {}

extension Subject {
    /// Whether evidence that is not in the program's bytes is missing.
    fileprivate func lacks<Kind: Evidence>(_ kind: Kind.Type) -> Bool { Kind.isFromElsewhere && Kind(of: self) == nil }

    fileprivate func evidence<Kind: Evidence>(_ kind: Kind.Type) throws(MissingEvidence) -> Kind {
        guard let evidence = Kind(of: self) else { throw MissingEvidence() }
        return evidence
    }
}
