/// The configuration of an image: what it runs, as whom, and what its layers are.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/config.md
public struct ImageConfiguration: Sendable, Hashable, Codable {
    /// When the image was made (RFC 3339).
    public let created: String?
    /// The architecture, written as GOARCH.
    public let architecture: String
    /// The operating system, written as GOOS.
    public let os: String
    /// The CPU variant (image-index.md#platform-variants).
    public let variant: String?
    /// What a container runs.
    public let config: Execution?
    /// The layers.
    public let rootfs: RootFileSystem
    /// How each layer was made.
    public let history: [History]?

    /// What a container of the image runs.
    public struct Execution: Sendable, Hashable, Codable {
        /// `user` or `user:group`, as names or numbers.
        public let user: String?
        /// The ports that the program listens on, `8080/tcp`.
        public let exposedPorts: [String: Nothing]?
        /// The environment, `NAME=value`.
        public let env: [String]?
        /// The program and its first arguments.
        public let entrypoint: [String]?
        /// Arguments that a user may replace.
        public let cmd: [String]?
        /// The folders that engines make volumes for, so that the program can write there.
        public let volumes: [String: Nothing?]?
        /// The folder that the program starts in.
        public let workingDir: String?
        /// Labels.
        public let labels: [String: String]?
        /// The signal that asks the program to stop.
        public let stopSignal: String?
        /// How an engine asks whether the container works.
        public let healthcheck: Healthcheck?

        enum CodingKeys: String, CodingKey {
            case user = "User"
            case exposedPorts = "ExposedPorts"
            case env = "Env"
            case entrypoint = "Entrypoint"
            case cmd = "Cmd"
            case volumes = "Volumes"
            case workingDir = "WorkingDir"
            case labels = "Labels"
            case stopSignal = "StopSignal"
            case healthcheck = "Healthcheck"
        }

        /// The command that is run: entry point and arguments.
        public var words: [String] { (entrypoint ?? []) + (cmd ?? []) }
    }

    /// An empty object: the value of each member of a JSON object that stands for a set.
    public struct Nothing: Sendable, Hashable, Codable {}

    /// The digests of the uncompressed layers (layer.md, "DiffID").
    public struct RootFileSystem: Sendable, Hashable, Codable {
        /// Always `layers`.
        public let type: String
        /// The digests, the lowest layer first.
        public let diffIDs: [String]

        enum CodingKeys: String, CodingKey {
            case type
            case diffIDs = "diff_ids"
        }
    }

    /// How a layer was made.
    public struct History: Sendable, Hashable, Codable {
        let created: String?
        let createdBy: String?
        let emptyLayer: Bool?

        enum CodingKeys: String, CodingKey {
            case created
            case createdBy = "created_by"
            case emptyLayer = "empty_layer"
        }
    }
}
