/// The image around a program: what its configuration says, and what its root holds of what the program needs.
public struct Surroundings: Sendable, Hashable {
    /// What the image starts.
    public let entryPoint: EntryPoint
    /// As whom it starts it.
    public let user: User
    /// What the root holds of what programs look for.
    public let provided: Set<RuntimeNeed>
    /// Whether the root holds the interpreter that the program names, for the program's machine.
    public let hasInterpreter: Bool
    /// The libraries that the loader would not find, the libraries' own among them.
    public let missingLibraries: Set<String>
    /// Names in layers that lead out of the root.
    public let climbingNames: [String]
    /// What two parts of the image say differently of its platform.
    public let contradiction: String?

    /// Describes an image.
    public init(
        entryPoint: EntryPoint, user: User, provided: Set<RuntimeNeed> = [], hasInterpreter: Bool = false,
        missingLibraries: Set<String> = [], climbingNames: [String] = [],
        contradiction: String? = nil
    ) {
        self.entryPoint = entryPoint
        self.user = user
        self.provided = provided
        self.hasInterpreter = hasInterpreter
        self.missingLibraries = missingLibraries
        self.climbingNames = climbingNames
        self.contradiction = contradiction
    }

    /// What an image starts.
    public enum EntryPoint: Sendable, Hashable {
        /// A file that is there, and that the user may execute.
        case found(String)
        /// A file that is there, with bits that do not let the user execute it.
        case notExecutable(String, mode: UInt32)
        /// Nothing that can be started.
        case missing(String, reason: String)
        /// The image does not say.
        case unnamed
    }

    /// As whom a program is started.
    public enum User: Sendable, Hashable {
        /// `0`, `root`, or nothing, which means root; as it is written.
        case root(String)
        /// A number.
        case number(UInt32)
        /// A name, and the number that the image's /etc/passwd gives it.
        case name(String, UInt32?)

        /// The number, where it is known.
        public var identifier: UInt32? {
            switch self {
            case .root: 0
            case .number(let number): number
            case .name(_, let number): number
            }
        }
    }
}

extension Surroundings? {
    /// How messages call the root that the program is in.
    var rootName: String { self == nil ? "an empty root" : "the image" }

    /// Whether an image around the program gives it what it needs.
    func provides(_ need: RuntimeNeed) -> Bool { self?.provided.contains(need) ?? false }
}
