/// The image around a program: its configuration, and what its root has of what the program needs.
public struct Surroundings: Sendable, Hashable {
    /// The path of the program that is judged; nil if the image has none to start.
    public let path: String?
    /// Whether the program is the one that the image starts. Rules about the image itself judge that one alone.
    public let isEntryPoint: Bool
    /// The program that the image starts.
    public let entryPoint: EntryPoint
    /// The user that the program runs as.
    public let user: User
    /// What the root has of what programs look for.
    public let provided: Set<RuntimeNeed>
    /// Whether the root has the interpreter that the program names, for the program's machine.
    public let hasInterpreter: Bool
    /// The libraries that the loader would not find, including those that other libraries need.
    public let missingLibraries: Set<String>
    /// Names in layers whose `..` lead above the root.
    public let climbingNames: [String]
    /// How two parts of the image contradict each other about its platform; nil if they agree.
    public let contradiction: String?
    /// The size of the image and its limit; nil if it has none.
    public internal(set) var budget: ImageBudget?

    /// Describes an image.
    public init(
        path: String? = nil, isEntryPoint: Bool = true, entryPoint: EntryPoint, user: User,
        provided: Set<RuntimeNeed> = [], hasInterpreter: Bool = false,
        missingLibraries: Set<String> = [], climbingNames: [String] = [],
        contradiction: String? = nil, budget: ImageBudget? = nil
    ) {
        self.path = path
        self.isEntryPoint = isEntryPoint
        self.entryPoint = entryPoint
        self.user = user
        self.provided = provided
        self.hasInterpreter = hasInterpreter
        self.missingLibraries = missingLibraries
        self.climbingNames = climbingNames
        self.contradiction = contradiction
        self.budget = budget
    }

    /// The program that an image starts.
    public enum EntryPoint: Sendable, Hashable {
        /// The path of a file that the user may execute.
        case found(String)
        /// The path of a file whose mode does not let the user execute it.
        case notExecutable(String, mode: UInt32)
        /// A path that does not name a file, and why.
        case missing(String, reason: String)
        /// The image has neither ENTRYPOINT nor CMD.
        case unnamed
    }

    /// The user that a program runs as.
    public enum User: Sendable, Hashable {
        /// `0`, `root`, or an empty string, which means root; as the image writes it.
        case root(String)
        /// A number.
        case number(UInt32)
        /// A name, and its number in the image's /etc/passwd; nil if it is not there.
        case name(String, UInt32?)

        /// The number; nil if it is not known.
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
    /// The name of the root in messages.
    var rootName: String { self == nil ? "an empty root" : "the image" }

    /// Whether the image around the program has what it needs; false without an image.
    func provides(_ need: RuntimeNeed) -> Bool { self?.provided.contains(need) ?? false }
}
