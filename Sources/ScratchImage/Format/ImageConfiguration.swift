/// The configuration of an image: what it runs, as whom, and what its layers are.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/config.md
public struct ImageConfiguration: Sendable, Hashable, Codable {
    /// When it was made, RFC 3339.
    public let created: String?
    /// As GOARCH.
    public let architecture: String
    /// As GOOS.
    public let os: String
    /// The CPU's variant.
    public let variant: String?
    /// What it runs.
    public let config: Execution?
    /// Its layers.
    public let rootfs: RootFileSystem
    /// How each layer came to be.
    public let history: [History]?

    /// What a container of the image runs.
    public struct Execution: Sendable, Hashable, Codable {
        /// `user` or `user:group`.
        public let user: String?
        /// The ports that it listens on, `8080/tcp`.
        public let exposedPorts: [String: Nothing]?
        /// `NAME=value`.
        public let env: [String]?
        /// The program and its first arguments.
        public let entrypoint: [String]?
        /// Arguments that a user may replace.
        public let cmd: [String]?
        /// The folder that it starts in.
        public let workingDir: String?
        /// Labels.
        public let labels: [String: String]?
        /// The signal that asks it to end.
        public let stopSignal: String?

        enum CodingKeys: String, CodingKey {
            case user = "User"
            case exposedPorts = "ExposedPorts"
            case env = "Env"
            case entrypoint = "Entrypoint"
            case cmd = "Cmd"
            case workingDir = "WorkingDir"
            case labels = "Labels"
            case stopSignal = "StopSignal"
        }

        /// The words that are run.
        public var words: [String] { (entrypoint ?? []) + (cmd ?? []) }
    }

    /// An empty object, the value of a set's members.
    public struct Nothing: Sendable, Hashable, Codable {}

    /// The digests of the layers before compression.
    public struct RootFileSystem: Sendable, Hashable, Codable {
        /// `layers`.
        public let type: String
        /// The digests, the lowest layer's first.
        public let diffIDs: [String]

        enum CodingKeys: String, CodingKey {
            case type
            case diffIDs = "diff_ids"
        }
    }

    /// How a layer came to be.
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
