import FoundationEssentials
public import GoBinary
public import Processes
public import SystemPackage
import Text

/// A go command that was found, with what it says of itself.
public struct Toolchain: Sendable {
    /// The go program.
    public let executable: FilePath
    /// What `go env GOVERSION` says, `go1.27.3`.
    public let version: String
    /// The pinned environment.
    public let environment: BuildEnvironment

    /// Looks for go, and asks it what it is.
    ///
    /// - Parameters:
    ///   - path: The program; nil looks along PATH.
    ///   - wanted: The version to use; nil takes the one that is there.
    ///   - inherited: The process's environment.
    ///   - directory: Where the builds will run: a `go.mod` there may choose another toolchain.
    /// - Throws: `BuildError` when there is no go, it does not answer, is older than 1.18, or cannot be had as wanted.
    public static func find(
        path: String?, version wanted: GoVersion? = nil, inherited: [String: String], directory: FilePath
    ) async throws -> Toolchain {
        let searchPath = inherited["PATH"] ?? ""
        let executable = try locate(path, searchPath: searchPath)
        let own = try await Answer.of(executable, environment: inherited, in: directory)
        guard let wanted, !wanted.covers(own.version) else { return Toolchain(executable, own, inherited) }

        var failures = ["\(executable) is \(own.version)"]
        if wanted.patch != nil, GoVersion(own.version).map({ $0 >= GoVersion(major: 1, minor: 21) }) ?? false {
            let environment = inherited.merging(["GOTOOLCHAIN": wanted.description]) { $1 }
            do {
                let answer = try await Answer.of(executable, environment: environment, in: directory)
                if wanted.covers(answer.version) { return Toolchain(executable, answer, environment) }
                failures.append("with GOTOOLCHAIN=\(wanted) it is \(answer.version)")
            } catch let error as BuildError {
                failures.append("with GOTOOLCHAIN=\(wanted): \(error)")
            }
        }
        guard let other = SearchPath.program(wanted.description, in: searchPath) else {
            failures.append("there is no \(wanted) on PATH")
            throw BuildError(
                "\(wanted) is asked for: " + failures.joined(separator: "; ")
                    + "; install it with: go install golang.org/dl/\(wanted)@latest && \(wanted) download")
        }
        let environment = inherited.merging(["GOTOOLCHAIN": "local"]) { $1 }
        let answer = try await Answer.of(other, environment: environment, in: directory)
        guard wanted.covers(answer.version) else {
            throw BuildError("\(wanted) is asked for: \(other) calls itself \(answer.version)")
        }
        return Toolchain(other, answer, environment)
    }

    private init(_ executable: FilePath, _ answer: Answer, _ inherited: [String: String]) {
        self.init(
            executable: executable, version: answer.version,
            environment: BuildEnvironment(inherited: inherited, settings: answer.settings))
    }

    /// A toolchain of which all is known.
    public init(executable: FilePath, version: String, environment: BuildEnvironment) {
        self.executable = executable
        self.version = version
        self.environment = environment
    }

    /// The toolchain with more variables in its environment, which win over those that are there.
    func adding(_ variables: [String: String]) -> Toolchain {
        Toolchain(executable: executable, version: version, environment: environment.adding(variables))
    }

    /// What a go command says of itself.
    private struct Answer {
        let version: String
        let settings: [String: String]

        static func of(_ executable: FilePath, environment: [String: String], in directory: FilePath) async throws
            -> Answer
        {
            let command = Command(
                executable: executable, arguments: ["env", "GOVERSION", "GOENV"], environment: environment,
                workingDirectory: directory)
            let outcome = try await ChildProcess.run(command)
            guard outcome.succeeded else {
                let said = outcome.errors.split(separator: "\n").joined(separator: " ")
                throw BuildError("\(executable) env failed: \(said)")
            }
            let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let version = lines.first ?? ""
            guard isSupported(version) else {
                let name = version.isEmpty ? "too old to say its version" : version
                throw BuildError("\(executable) is \(name); go 1.18 or later is needed")
            }
            let stored = lines.count > 1 ? try? String(contentsOfFile: lines[1], encoding: .utf8) : nil
            return Answer(version: version, settings: BuildEnvironment.settings(fromFile: stored ?? ""))
        }
    }

    /// The archive of time zones that comes with it; some systems leave it out.
    public func zoneArchive(in directory: FilePath) async -> FilePath? {
        let outcome = try? await ChildProcess.run(command(["env", "GOROOT"], in: directory))
        guard let root = outcome?.output.split(separator: "\n").first else { return nil }
        let path = FilePath(String(root)).appending("lib/time/zoneinfo.zip")
        return FileManager.default.fileExists(atPath: path.string) ? path : nil
    }

    /// The platforms that it can build for, as it says itself.
    public func platforms() async throws -> [Platform] {
        let command = command(["tool", "dist", "list", "-json"], in: FilePath("/"))
        let outcome = try await ChildProcess.run(command)
        guard outcome.succeeded else { throw BuildError("\(executable) tool dist list failed: \(outcome.errors)") }
        let ports = try JSONDecoder().decode([Port].self, from: Data(outcome.output.utf8))
        return ports.map { Platform(goos: $0.goos, goarch: $0.goarch) }
    }

    /// What a go.mod asks for.
    public struct ModuleFile: Sendable, Decodable {
        /// The language's version, `1.22`.
        public let go: String?
        /// The toolchain, `go1.22.5`.
        public let toolchain: String?

        enum CodingKeys: String, CodingKey {
            case go = "Go"
            case toolchain = "Toolchain"
        }
    }

    /// Reads the go.mod of a module's root, by go itself.
    public func moduleFile(in root: FilePath) async throws -> ModuleFile {
        let outcome = try await ChildProcess.run(command(["mod", "edit", "-json"], in: root))
        guard outcome.succeeded else { throw BuildError("go cannot read \(root)/go.mod: \(outcome.errors)") }
        return try JSONDecoder().decode(ModuleFile.self, from: Data(outcome.output.utf8))
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
        if let found = SearchPath.program("go", in: searchPath) { return found }
        throw BuildError(
            "no go command on PATH: install Go 1.18 or later (apt-get install golang-go, or https://go.dev/dl), or name it with --go"
        )
    }

    static func isSupported(_ version: String) -> Bool {
        version.hasPrefix("devel") || GoVersion(version).map { $0 >= GoVersion(major: 1, minor: 18) } ?? false
    }

    /// Makes sure that the toolchain knows platforms; it is asked only about those that not every version knows.
    ///
    /// - Throws: `PlatformError` that names the nearest.
    public func check(_ platforms: [Platform]) async throws {
        let doubtful = platforms.filter { !$0.isKnownToEveryGo }
        guard !doubtful.isEmpty else { return }
        let known = try await self.platforms().map { "\($0.goos)/\($0.goarch)" }
        for platform in doubtful {
            let name = "\(platform.goos)/\(platform.goarch)"
            guard !known.contains(name) else { continue }
            let hint = Spelling.hint(for: name, in: known)
            throw PlatformError("\(version) does not know the platform \(name)\(hint)")
        }
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
