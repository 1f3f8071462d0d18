public import GoBinary
public import Processes
public import SystemPackage

/// A go command with its version and environment.
public struct Toolchain: Sendable {
    /// The go program; an absolute path.
    public let executable: FilePath
    /// The output of `go env GOVERSION`, for example `go1.27.3`.
    public let version: String
    /// The pinned environment.
    public let environment: BuildEnvironment
    /// The C compiler of builds with cgo; nil if cgo is off.
    public let compiler: CCompiler?
    /// What go answered in earlier runs; nil asks go each time.
    let memory: RememberedAnswers?

    /// Makes a toolchain from its parts, without asking a go command.
    public init(
        executable: FilePath, version: String, environment: BuildEnvironment, compiler: CCompiler? = nil,
        memory: RememberedAnswers? = nil
    ) {
        self.executable = executable
        self.version = version
        self.environment = environment
        self.compiler = compiler
        self.memory = memory
    }

    /// The toolchain with more variables in its environment, which replace variables with the same name.
    func adding(_ variables: [String: String]) -> Toolchain {
        Toolchain(
            executable: executable, version: version, environment: environment.adding(variables), compiler: compiler,
            memory: memory)
    }

    /// A note if the module of a folder asks for a newer Go, and go tries to build it nevertheless; else nil.
    public func versionNotice(in directory: FilePath) -> String? {
        RequiredGo(in: directory, goWork: environment.variables["GOWORK"])?.notice(executable, version)
    }

    /// A command of this toolchain in the pinned environment.
    ///
    /// - Parameters:
    ///   - arguments: The arguments of go.
    ///   - directory: Where go runs; it becomes PWD too, because go trusts PWD for the name of its folder.
    ///   - platform: The platform whose GOOS, GOARCH and variant are set; nil leaves go its own.
    ///   - extra: More variables, which replace those of the environment.
    public func command(
        _ arguments: [String], in directory: FilePath, for platform: Platform? = nil, extra: [String: String] = [:]
    ) -> Command {
        let environment = environment.variables
            .merging(platform?.environment ?? [:]) { $1 }
            .merging(compiler?.variables(for: platform) ?? [:]) { $1 }
            .merging(extra) { $1 }
            .merging(["PWD": directory.string]) { $1 }
        return Command(
            executable: executable, arguments: arguments, environment: environment, workingDirectory: directory)
    }

    /// Runs go and returns its standard output.
    ///
    /// - Parameters:
    ///   - extra: More variables, which replace those of the environment.
    ///   - isRemembered: Whether an answer of an earlier run will do if all that go reads for it is the same.
    /// - Throws: `BuildError.goFailed` if it exits with an error; `ProcessError`; `CancellationError`.
    func output(
        of arguments: [String], in directory: FilePath, for platform: Platform? = nil, extra: [String: String] = [:],
        isRemembered: Bool = false
    ) async throws -> String {
        let command = command(arguments, in: directory, for: platform, extra: extra)
        let outcome = try await RememberedAnswers.outcome(of: command, from: isRemembered ? memory : nil)
        guard outcome.succeeded else {
            throw BuildError.goFailed(arguments, directory: directory, said: outcome.errors)
        }
        return outcome.output
    }

    /// The flag for JSON with no more fields than are read; before go1.19 there was no choice (`go help list`).
    func jsonFlag(_ fields: [String]) -> String {
        let hasFields = GoVersion(version).map { $0 >= GoVersion(major: 1, minor: 19) } ?? true
        return hasFields ? "-json=" + fields.joined(separator: ",") : "-json"
    }

    /// Whether a version is go1.18 or later. Development versions count as later.
    static func isSupported(_ version: String) -> Bool {
        version.hasPrefix("devel") || GoVersion(version).map { $0 >= GoVersion(major: 1, minor: 18) } ?? false
    }
}
