/// One thing that is checked: a value, with all that `explain` and reports say of it, and a pure function.
public struct Rule: Sendable {
    /// The name by which people and files refer to the rule.
    public let identifier: String
    /// The weight of its findings, unless a policy changes it.
    public let level: Level
    /// What is wrong, in one line.
    public let summary: String
    /// Why it matters in an empty root.
    public let rationale: String
    /// How it is detected.
    public let detection: String
    /// What it can miss.
    public let limits: String
    /// How to mend it.
    public let remedy: String
    /// Where the ground of the rule can be read.
    public let reference: String
    /// What the rule sees in a file, in the order of the file.
    public let observe: @Sendable (Subject) -> [Observation]

    /// One thing that a rule sees in a file.
    public struct Observation: Sendable, Hashable {
        let message: Finding.Message
        let evidence: String
        let remedy: String?

        init(_ message: Finding.Message, evidence: String, remedy: String? = nil) {
            self.message = message
            self.evidence = evidence
            self.remedy = remedy
        }
    }

    /// All rules, in the order in which they are applied and reported.
    public static let all: [Rule] = [
        .notAProgram, .notLoadable, .interpreter, .neededLibrary, .notRelocated, .withoutThreadSetup, .runPath, .packed,
        .wrongPlatform,
        .notExecutable, .doesNotStart, .wrongGoVersion, .notReproducible,
        .entryPoint, .runsAsRoot, .unknownUser, .userName, .climbingName,
        .certificates, .timeZones, .userDatabase, .temporaryFiles, .otherPrograms, .plugin, .runtimeLoading,
        .nameService,
        .characterSets, .instrumented, .executableStack, .writableCode, .setUserID, .cpuLevel,
        .nameResolution, .cgo, .kernelVersion, .debugData, .buildPaths, .modifiedTree,
    ]

    /// Applies the rule at a level.
    public func findings(in subject: Subject, at level: Level) -> [Finding] {
        observe(subject).map {
            Finding(
                rule: identifier, level: level, message: $0.message, evidence: $0.evidence, remedy: $0.remedy ?? remedy)
        }
    }
}
