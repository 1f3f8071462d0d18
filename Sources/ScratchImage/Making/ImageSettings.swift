import Attestation

/// The settings of an image: everything but the program and the files of its root.
public struct ImageSettings: Sendable {
    /// The path of the program in the image, `/app`.
    public var program: String
    /// The user that the program runs as.
    public var user: UserNumbers
    /// Arguments that are part of the entry point: users replace them only with --entrypoint.
    public var arguments: [String] = []
    /// Default arguments, which users replace by giving others (Cmd).
    public var command: [String] = []
    /// The environment, `NAME=value`.
    public var environment: [String] = []
    /// Ports that the program listens on, `8080/tcp`.
    public var ports: [String] = []
    /// Labels of the configuration.
    public var labels: [String: String] = [:]
    /// Annotations of the manifests and the index.
    public var annotations: [String: String] = [:]
    /// The signal that asks the program to stop.
    public var stopSignal: String?
    /// How an engine asks whether the container works; nil asks nothing.
    public var healthcheck: HealthCheck?
    /// The folder that the program starts in.
    public var workingFolder = "/"
    /// The time of the image and of every file, in seconds since 1970.
    public var created: Int
    /// How layers are stored.
    public var compression = LayerCompression.gzip

    /// The time of the image (RFC 3339, in UTC).
    public var createdText: String { StatedTime.text(of: created) }

    /// Makes settings with defaults.
    public init(program: String, user: UserNumbers, created: Int) {
        self.program = program
        self.user = user
        self.created = created
    }
}

/// An unprivileged user and its group, as numbers.
public struct UserNumbers: Sendable, Hashable, CustomStringConvertible {
    /// The user, never 0.
    public let user: UInt32
    /// The group.
    public let group: UInt32

    /// The user `nonroot` of distroless images, 65532.
    public static let standard = UserNumbers(user: 65532, group: 65532)

    private init(user: UInt32, group: UInt32) {
        self.user = user
        self.group = group
    }

    /// Reads `user` or `user:group`; nil for names, for root, and for numbers above 2^31 - 2, which runtimes reject.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { UInt32($0) }
        guard (1...2).contains(parts.count), let user = parts[0], let group = parts.last ?? nil, user != 0,
            user < UInt32(Int32.max), group < UInt32(Int32.max)
        else { return nil }
        self.init(user: user, group: group)
    }

    /// `65532:65532`.
    public var description: String { "\(user):\(group)" }
}
