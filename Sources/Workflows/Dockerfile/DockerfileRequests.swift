import Configuration
import GoBinary
public import ScratchImage
public import SystemPackage
public import Verification

/// What `dockerfile` is asked to write.
public struct DockerfileRequest: Sendable {
    /// The build of the program, for one platform; must mean exactly one program.
    public var matrix: MatrixRequest
    /// The rules.
    public var policy: Policy
    /// How much of this machine the build may use.
    public var speed = SpeedSettings()
    /// The user and group that the program runs as.
    public var user = UserNumbers.standard
    /// Ports that the program listens on.
    public var ports: [Port] = []
    /// An image that holds staticcheck, which verifies the program during the build of the image; nil leaves that out.
    public var toolImage: PinnedReference?
    /// How the container is asked whether it works; nil leaves that out.
    public var health: HealthSettings?
    /// Whether existing files are overwritten.
    public var isForced = false
    /// Whether the text is only returned, and no file is written.
    public var isPrinting = false

    /// Makes a request. Of the platforms of the matrix only linux/amd64 is built: one is enough to see what the program needs.
    public init(matrix: MatrixRequest, policy: Policy = .standard) {
        self.matrix = matrix
        for index in matrix.builds.indices {
            self.matrix.builds[index].platforms = [.one(Platform(goos: "linux", goarch: "amd64"))]
        }
        self.policy = policy
    }
}

/// What `dockerfile --lint` is asked for.
public struct DockerfileLintRequest: Sendable {
    /// The Dockerfiles. The report names them as they are here; relative paths start from the working folder.
    public var files: [FilePath]
    /// Programs that go into the image, besides those that the Dockerfile copies from its context.
    public var binaries: [FilePath] = []
    /// The stage that is built; nil builds the last.
    public var target: String?
    /// The rules.
    public var policy: Policy

    /// Makes a request.
    public init(files: [FilePath], policy: Policy = .standard) {
        self.files = files
        self.policy = policy
    }
}

/// Why no Dockerfile is written.
public enum DockerfileFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The request means no program, or several.
    case notOneProgram([String])
    /// The program is built with cgo.
    case needsC
    /// The folder of the program is in no module.
    case noModule(String)
    /// Modules that the program needs are not in the folder from which the image is built.
    case outside(FilePath, modules: [FilePath])
    /// go cannot build the program.
    case unbuildable(String)
    /// The program is not scratch-ready; `findings` says why.
    case notReady(String, findings: String)
    /// What would be written does not pass our own lint.
    case faulty([String])
    /// The program has the name of the one that `--healthcheck` adds.
    case healthcheckExists
    /// The program has the name of a folder of the image's root.
    case nameOfFolder(String)
    /// The file exists, and overwriting it was not asked for.
    case exists(FilePath)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .notOneProgram(let names): "a Dockerfile is for one program: name one of \(names.joined(separator: ", "))"
        case .needsC:
            "the Dockerfile would compile the program without C (CGO_ENABLED=0), and cgo is asked for: make the image with "
                + "'staticcheck image', or build with 'staticcheck check' and COPY the binary from dist/${TARGETPLATFORM}"
        case .noModule(let folder): "\(folder) is in no module: make one with go mod init"
        case .outside(let root, let modules):
            "the image is built from \(root), and \(modules.map(\.string).joined(separator: ", ")), which the program may need, is not "
                + "below it: vendor it with 'go mod vendor', or make a workspace in a folder around both with 'go work init'"
        case .unbuildable(let package): "go cannot build \(package): 'staticcheck check' says why"
        case .notReady(let package, let findings): "\(package) is not scratch-ready: \(findings)"
        case .faulty(let messages): "the Dockerfile would be faulty: \(messages.joined(separator: "; "))"
        case .healthcheckExists:
            "--healthcheck adds a program /healthcheck, and the program has that name: use --healthcheck exec:/healthcheck"
        case .nameOfFolder(let name):
            "the image has a folder /\(name), so the program cannot be /\(name): give it another name, by its folder or by 'name' of a "
                + "configured build"
        case .exists(let path): "\(path) already exists; --force overwrites it, --stdout prints instead"
        }
    }
}
