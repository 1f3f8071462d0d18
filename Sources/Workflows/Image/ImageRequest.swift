public import Attestation
public import GoBinary
public import ScratchImage
public import SystemPackage
public import Verification

/// What `image` is asked for.
public struct ImageRequest: Sendable {
    /// Where the binaries come from.
    public var supply: Supply
    /// Whose stamps count.
    public var trust: TrustSettings
    /// The rules, which the gate applies again.
    public var policy: Policy
    /// The programs to pack, and the one that the image starts.
    public var programs = ProgramChoice()
    /// What the image holds and says besides its programs.
    public var contents = ImageContents()
    /// Where the image is written.
    public var destinations: [ImageDestination] = [.standard]
    /// How far the image of each platform must get before it is written; nil starts none.
    public var proof: ImageProofSettings?
    /// The name to push it to at a registry; nil pushes nothing.
    public var push: ImageReference?
    /// Whether the registry may be without TLS, or have a certificate that is not trusted.
    public var isInsecure = false
    /// The key that signs the summary of the image; nil signs none.
    public var key: SigningKey?
    /// The file for the predicate of the summary, for other tools to sign; nil writes none.
    public var predicate: FilePath?
    /// Whether the image is loaded into podman or docker.
    public var isLoading = false
    /// The go command, for its time zones and for a health check; nil looks on `PATH`.
    public var goPath: FilePath?
    /// The version of Go that builds a health check; nil takes the installed one.
    public var goVersion: GoVersion?

    /// Where the binaries come from.
    public enum Supply: Sendable {
        /// Stamped binaries of a folder, of some platforms or all.
        case folder(NamedPath, platforms: [Platform]?)
        /// Programs that are built, verified and stamped first.
        case build(CheckRequest)
    }

    /// Makes a request.
    public init(supply: Supply, trust: TrustSettings, policy: Policy = .standard) {
        self.supply = supply
        self.trust = trust
        self.policy = policy
    }
}

/// A path, with the name that messages show.
public struct NamedPath: Sendable, Hashable {
    /// The path as it was written.
    public let shown: String
    /// The path to open.
    public let path: FilePath

    /// Names a path.
    ///
    /// - Parameter folder: Where a relative path starts.
    public init(_ shown: String, from folder: FilePath) {
        self.shown = shown
        path = folder.pushing(FilePath(shown))
    }
}

/// What an image holds and says besides its programs.
public struct ImageContents: Sendable {
    /// The image's name; default: that of the program that it starts.
    public var reference: ImageReference?
    /// The user and group that the program runs as.
    public var user = UserNumbers.standard
    /// What to add even if the program does not seem to need it.
    public var with: Set<RuntimeNeed> = []
    /// What to leave out even if the program seems to need it.
    public var without: Set<RuntimeNeed> = []
    /// The file of CA certificates; nil takes this machine's.
    public var certificates: NamedPath?
    /// The time zones, a zip archive or a folder; nil takes those of Go, else this machine's.
    public var timeZones: NamedPath?
    /// Files to add.
    public var added: [AddedFiles] = []
    /// Folders that the program may write to.
    public var writable: [WritableFolder] = []
    /// Arguments of the entry point.
    public var arguments: [String] = []
    /// Arguments that users of the image may replace.
    public var command: [String] = []
    /// Environment variables.
    public var environment: [String: String] = [:]
    /// Ports that the program listens on.
    public var ports: [Port] = []
    /// Labels of the image configuration.
    public var labels: [String: String] = [:]
    /// Annotations of the index and the manifests.
    public var annotations: [String: String] = [:]
    /// The signal that asks the program to end, by name or number; nil leaves it to the engine.
    public var stopSignal: String?
    /// How the image is asked whether it works; nil asks nothing.
    public var health: HealthSettings?
    /// The folder that the program starts in.
    public var workingFolder = "/"
    /// The most that the image of a platform may be, in bytes; nil for any size.
    public var sizeLimit: Int?
    /// How layers are stored.
    public var compression = LayerCompression.gzip

    /// Contents as the program needs them.
    public init() {}

    /// What to add for programs, from the needs that the rules found.
    func needs(_ seen: Set<RuntimeNeed>) -> Set<RuntimeNeed> { seen.union(with).subtracting(without) }
}

/// A port that a program listens on: `8080/tcp`.
public struct Port: Sendable, Hashable, CustomStringConvertible {
    /// The number, never 0.
    public let number: UInt16
    /// The protocol.
    public let kind: Kind

    /// The protocols that images know.
    public enum Kind: String, Sendable, CaseIterable { case tcp, udp, sctp }

    /// Reads `8080`, which means TCP, or `53/udp`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), let number = UInt16(parts[0]), number > 0,
            let kind = parts.count == 2 ? Kind(rawValue: parts[1]) : .tcp
        else { return nil }
        self.number = number
        self.kind = kind
    }

    /// `8080/tcp`.
    public var description: String { "\(number)/\(kind.rawValue)" }
}
