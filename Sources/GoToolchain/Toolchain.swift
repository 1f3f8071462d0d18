import FoundationEssentials
public import GoBinary
public import Processes
public import SystemPackage

/// A go command that was found, with what it says of itself.
public struct Toolchain: Sendable {
    /// The go program.
    public let executable: FilePath
    /// What `go env GOVERSION` says, `go1.27.3`.
    public let version: String
    /// The platforms that it can build for.
    public let platforms: [Platform]
    /// The pinned environment.
    public let environment: BuildEnvironment

    /// Looks for go, and asks it what it is.
    ///
    /// - Parameters:
    ///   - path: The program; nil looks along PATH.
    ///   - inherited: The process's environment.
    ///   - directory: Where the builds will run: a `go.mod` there may choose another toolchain.
    /// - Throws: `BuildError` when there is no go, it does not answer, or it is older than 1.18.
    public static func find(
        path: String?, inherited: [String: String], directory: FilePath
    ) async throws -> Toolchain {
        let executable = try locate(path, searchPath: inherited["PATH"] ?? "")
        func ask(_ arguments: [String]) async throws -> String {
            let command = Command(
                executable: executable, arguments: arguments, environment: inherited, workingDirectory: directory)
            let outcome = try await ChildProcess.run(command)
            guard outcome.succeeded else {
                throw BuildError("\(executable) \(arguments.joined(separator: " ")) failed: \(outcome.errors)")
            }
            return outcome.output
        }
        let lines = try await ask(["env", "GOVERSION", "GOENV"]).split(
            separator: "\n", omittingEmptySubsequences: false)
        let version = lines.first.map(String.init) ?? ""
        guard isSupported(version) else {
            throw BuildError(
                "\(executable) is \(version.isEmpty ? "too old to say its version" : version); go 1.18 or later is needed"
            )
        }
        let stored = lines.count > 1 ? try? String(contentsOfFile: String(lines[1]), encoding: .utf8) : nil
        let list = Data(try await ask(["tool", "dist", "list", "-json"]).utf8)
        let ports = try JSONDecoder().decode([Port].self, from: list)
        return Toolchain(
            executable: executable, version: version,
            platforms: ports.map { Platform(goos: $0.goos, goarch: $0.goarch) },
            environment: BuildEnvironment(
                inherited: inherited, settings: BuildEnvironment.settings(fromFile: stored ?? "")))
    }

    private struct Port: Decodable {
        let goos: String
        let goarch: String

        enum CodingKeys: String, CodingKey {
            case goos = "GOOS"
            case goarch = "GOARCH"
        }
    }

    private static func locate(_ path: String?, searchPath: String) throws -> FilePath {
        let files = FileManager.default
        if let path {
            guard files.isExecutableFile(atPath: path) else {
                throw BuildError(
                    "--go \(path): there is no program of that name; give the path of the go command itself")
            }
            return path.hasPrefix("/") ? FilePath(path) : FilePath(files.currentDirectoryPath).pushing(FilePath(path))
        }
        for folder in searchPath.split(separator: ":") where folder.hasPrefix("/") {
            let candidate = FilePath(String(folder)).appending("go")
            if files.isExecutableFile(atPath: candidate.string) { return candidate }
        }
        throw BuildError(
            "no go command on PATH: install Go 1.18 or later (apt-get install golang-go, or https://go.dev/dl), or name it with --go"
        )
    }

    static func isSupported(_ version: String) -> Bool {
        if version.hasPrefix("devel") { return true }
        guard version.hasPrefix("go") else { return false }
        let numbers = version.dropFirst(2).split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
        guard let major = numbers.first else { return false }
        return major > 1 || (major == 1 && numbers.count > 1 && numbers[1] >= 18)
    }

    /// The platform known to this toolchain, or an error that names the nearest.
    public func checked(_ platform: Platform) throws -> Platform {
        let known = platforms.map { "\($0.goos)/\($0.goarch)" }
        let name = "\(platform.goos)/\(platform.goarch)"
        guard !known.contains(name) else { return platform }
        let hint = Spelling.nearest(to: name, in: known).map { "; did you mean \($0)?" } ?? ""
        throw PlatformError("\(version) does not know the platform \(name)\(hint)")
    }

    /// A command of this toolchain in the pinned environment, for a platform where one is given.
    public func command(
        _ arguments: [String], in directory: FilePath, for platform: Platform? = nil, extra: [String: String] = [:]
    ) -> Command {
        let environment = environment.variables
            .merging(platform?.environment ?? [:]) { $1 }
            .merging(extra) { $1 }
            .merging(["PWD": directory.string]) { $1 }
        return Command(
            executable: executable, arguments: arguments, environment: environment, workingDirectory: directory)
    }
}
