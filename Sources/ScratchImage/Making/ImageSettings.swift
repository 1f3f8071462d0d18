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

/// An unprivileged user and its group.
public struct UserNumbers: Sendable, Hashable, CustomStringConvertible {
    /// The user, never 0.
    public let user: UInt32
    /// The group.
    public let group: UInt32

    /// The user `nonroot` of distroless images.
    public static let standard = UserNumbers(user: 65532, group: 65532)

    private init(user: UInt32, group: UInt32) {
        self.user = user
        self.group = group
    }

    /// Reads `user` or `user:group`, in numbers; nil for names, and for root.
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
