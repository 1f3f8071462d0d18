import FoundationEssentials

/// What an image is to be, beside its program.
public struct ImageSettings: Sendable {
    /// The path of the program in the image, `/app`.
    public var program: String
    /// The user and the group.
    public var user: UserNumbers
    /// Arguments of the program that users cannot replace without saying so.
    public var arguments: [String] = []
    /// Arguments that users may replace.
    public var command: [String] = []
    /// More of the environment, `NAME=value`.
    public var environment: [String] = []
    /// Ports that the program listens on, `8080/tcp`.
    public var ports: [String] = []
    /// Labels of the configuration.
    public var labels: [String: String] = [:]
    /// Annotations of the manifests and the index.
    public var annotations: [String: String] = [:]
    /// The signal that asks the program to end.
    public var stopSignal: String?
    /// The folder that the program starts in.
    public var workingFolder = "/"
    /// Seconds since 1970: of every file, and of the image.
    public var created: Int
    /// How layers are stored.
    public var compression = Layer.Compression.gzip

    /// When the image was made, RFC 3339 in UTC.
    public var createdText: String { Date(timeIntervalSince1970: Double(created)).formatted(Date.ISO8601FormatStyle()) }

    /// Settings for a program.
    public init(program: String, user: UserNumbers, created: Int) {
        self.program = program
        self.user = user
        self.created = created
    }
}
