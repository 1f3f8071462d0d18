/// What a container of an image runs, and how far it must get.
public struct ContainerSpecification: Sendable, Hashable, Codable {
    /// The program and its arguments: Entrypoint and Cmd of the image.
    public var words: [String]
    /// Variables, `NAME=value`.
    public var environment: [String]
    /// The folder that the program starts in.
    public var workingFolder: String
    /// The user.
    public var user: UInt32
    /// The user's group.
    public var group: UInt32
    /// Other groups of the user.
    public var groups: [UInt32]
    /// The folders besides /tmp that the program may write to, absolute and without links.
    public var volumes: [String]
    /// How far the program must get.
    public var aim: Aim

    /// Describes a container.
    public init(
        words: [String], environment: [String], workingFolder: String, user: UInt32, group: UInt32, groups: [UInt32],
        volumes: [String] = [], aim: Aim
    ) {
        self.words = words
        self.environment = environment
        self.workingFolder = workingFolder
        self.user = user
        self.group = group
        self.groups = groups
        self.volumes = volumes
        self.aim = aim
    }

    /// How far a program must get.
    public enum Aim: Sendable, Hashable, Codable {
        /// The kernel loads it, and its own loader if it has one; none of its instructions run.
        case start
        /// It runs, answers, and ends when it is asked to.
        case run(Conditions)
    }

    /// What a running program must do.
    public struct Conditions: Sendable, Hashable, Codable {
        /// What it must answer. Without a probe it may end by itself.
        public var probes: [Probe] = []
        /// How long it has for the answers, in seconds; without a probe, how long it runs.
        public var secondsToAnswer = 10.0
        /// The signal that asks it to end.
        public var stopSignal: Int32
        /// How long it has to end, in seconds.
        public var secondsToStop = 10.0

        /// Conditions with the usual times.
        public init(stopSignal: Int32) { self.stopSignal = stopSignal }
    }

    /// The limits of a container, for programs that are hostile.
    enum Limit {
        /// The bytes of its root, in memory.
        static let root = 2 << 30
        /// The bytes of each folder that it may write to.
        static let writable = 64 << 20
        /// The files of each such folder.
        static let writableFiles = 1 << 16
        /// The data of one process, in bytes. `MemoryWatch` looks at what all use.
        static let data = UInt(2 << 30)
        /// How many folders it may have for writing, besides /tmp.
        static let volumes = 16
        /// How many processes and threads it may have.
        static let processes: UInt = 512
    }
}
