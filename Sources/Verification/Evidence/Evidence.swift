import GoBinary

/// Something that a rule can read about a program.
///
/// A rule's function gets the evidence that the rule declares and nothing else, so that the reader knows from the rules in
/// force what it must read of a file.
protocol Evidence: Sendable {
    /// What must be read of a file to have the evidence.
    static var reading: Reading { get }

    /// Whether it does not come from the program's bytes but from something that must be asked for or be there besides: a start, a
    /// second build, an image. A rule that needs it and does not get it was not tried.
    static var isFromElsewhere: Bool { get }

    /// Takes the evidence from a subject; nil if the subject has none. Without its evidence a rule finds nothing, unless it
    /// declares the evidence as optional.
    init?(of subject: borrowing Subject)
}

/// The parts of a file that are read only if a rule in force needs them. Headers and dynamic tables are always read.
struct Reading: OptionSet {
    let rawValue: Int

    /// The first and the last bytes.
    static let ends = Reading(rawValue: 1)
    /// The build info and line table of Go: writable data, and the names of functions and source files.
    static let goTables = Reading(rawValue: 2)
    /// Traces of the C library. All loaded bytes of a program that may hold C code are searched.
    static let cLibrary = Reading(rawValue: 4)
    /// How often each byte value occurs in code. All code of a file without section headers is read.
    static let code = Reading(rawValue: 8)
    /// The symbols at and around the entry point, of a program that is linked statically.
    static let entrySymbols = Reading(rawValue: 16)

    /// What compilers leave of the language, of a program without marks of Go.
    static let language = Reading(rawValue: 32)

    /// The sizes of Go's functions. No rule needs them, only reports do.
    static let functionSizes = Reading(rawValue: 64)

    static let everything: Reading = [
        .ends, .goTables, .cLibrary, .code, .entrySymbols, .language, .functionSizes,
    ]
}

extension Evidence {
    /// Most evidence is in the headers, or not in the file at all.
    static var reading: Reading { [] }
    static var isFromElsewhere: Bool { false }
}

extension Optional: Evidence where Wrapped: Evidence {
    static var reading: Reading { Wrapped.reading }

    init?(of subject: borrowing Subject) { self = Wrapped(of: subject) }
}

/// What was asked for.
struct Expectation: Evidence {
    /// The platform; nil for any Linux platform.
    let platform: Platform?
    /// The version of Go; nil for any.
    let go: GoVersion?
    /// Whether go has just built the file, so that it must contain build info and a line table.
    let isGoBuild: Bool

    init(of subject: borrowing Subject) {
        platform = subject.expected
        go = subject.expectedGo
        isGoBuild = subject.isGoBuild
    }
}

/// The permission bits of a file.
struct Permissions: Evidence {
    static var isFromElsewhere: Bool { true }
    /// `st_mode & 07777`.
    let bits: UInt32

    init?(of subject: borrowing Subject) {
        guard let bits = subject.permissions else { return nil }
        self.bits = bits
    }
}

extension Subject.Content: Evidence {
    init(of subject: borrowing Subject) { self = subject.content }
}

extension Proof: Evidence {
    static var isFromElsewhere: Bool { true }

    init?(of subject: borrowing Subject) {
        guard let proof = subject.proof, proof.outcome != .notProved else { return nil }
        self = proof
    }
}

/// What a container answered to the probes.
struct Answers: Evidence {
    static var isFromElsewhere: Bool { true }
    let all: [Proof.Answer]

    init?(of subject: borrowing Subject) {
        guard let answers = subject.proof?.answers else { return nil }
        all = answers
    }
}

extension Proof.Stop: Evidence {
    static var isFromElsewhere: Bool { true }

    init?(of subject: borrowing Subject) {
        guard let stop = subject.proof?.stop else { return nil }
        self = stop
    }
}

extension Reproduction: Evidence {
    static var isFromElsewhere: Bool { true }

    init?(of subject: borrowing Subject) {
        guard let reproduction = subject.reproduction else { return nil }
        self = reproduction
    }
}

extension CacheUse: Evidence {
    static var isFromElsewhere: Bool { true }

    init?(of subject: borrowing Subject) {
        guard let use = subject.cacheUse else { return nil }
        self = use
    }
}

extension LeftOutProgram: Evidence {
    init?(of subject: borrowing Subject) {
        guard let program = subject.leftOut else { return nil }
        self = program
    }
}

/// The packages of a program that are built without their files with cgo.
struct CgoLosses: Evidence {
    let all: [CgoLoss]

    init?(of subject: borrowing Subject) {
        guard let losses = subject.cgoLosses else { return nil }
        all = losses
    }
}

/// The modules of a program whose licence is denied or not known.
struct ModuleLicenses: Evidence {
    static var isFromElsewhere: Bool { true }
    let all: [ModuleLicense]

    init?(of subject: borrowing Subject) {
        guard let licenses = subject.licenses else { return nil }
        all = licenses
    }
}

extension Surroundings: Evidence {
    init?(of subject: borrowing Subject) {
        guard let surroundings = subject.surroundings else { return nil }
        self = surroundings
    }
}

/// The image of a program that it starts. Rules about the image itself read it, so that they judge it once.
struct StartedImage: Evidence {
    static var isFromElsewhere: Bool { true }
    let entryPoint: Surroundings.EntryPoint
    let user: Surroundings.User
    let climbingNames: [String]
    let budget: ImageBudget?

    init?(of subject: borrowing Subject) {
        guard let surroundings = subject.surroundings, surroundings.isEntryPoint else { return nil }
        entryPoint = surroundings.entryPoint
        user = surroundings.user
        climbingNames = surroundings.climbingNames
        budget = surroundings.budget
    }
}
