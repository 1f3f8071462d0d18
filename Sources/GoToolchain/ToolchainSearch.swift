import Files
public import GoBinary
import Processes
public import SystemPackage

extension Toolchain {
    /// Finds a go command, and asks it for its version and settings.
    ///
    /// If a version is wanted, these are tried in turn: the go command as it is; the go command with GOTOOLCHAIN (go1.21 and
    /// later can download another version); and a program with the name of the version on PATH, as golang.org/dl installs it.
    ///
    /// - Parameters:
    ///   - path: The program, an absolute path; nil searches PATH.
    ///   - wanted: The version to use; nil takes any.
    ///   - inherited: The environment, with PATH.
    ///   - directory: Where the builds will run: a `go.mod` there may select another toolchain.
    ///   - memory: What go answered in earlier runs; nil asks go each time.
    /// - Throws: `BuildError` if no go command is found, it fails, is older than 1.18 or than the module asks for, or not of
    ///   the wanted version.
    public static func find(
        path: FilePath?, version wanted: GoVersion? = nil, inherited: [String: String], directory: FilePath,
        remembering memory: RememberedAnswers? = nil
    ) async throws -> Toolchain {
        let executable = try locate(path, searchPath: inherited["PATH"] ?? "")
        let required = RequiredGo(in: directory, goWork: inherited["GOWORK"])
        do {
            let found = try await choose(
                executable, version: wanted, inherited: inherited, directory: directory, memory)
            try required?.check(found.executable, found.version)
            return found
        } catch BuildError.goFailed(let arguments, let place, let said) {
            // go1.21 and later download the version of go.mod before they answer anything.
            let own = try? await GoSettings.ask(
                executable, environment: inherited.stayingWithGo, in: directory)
            if let own { try required?.check(executable, own.version, failedDownload: said) }
            throw BuildError.goFailed(arguments, directory: place, said: said)
        }
    }

    private static func choose(
        _ executable: FilePath, version wanted: GoVersion?, inherited: [String: String], directory: FilePath,
        _ memory: RememberedAnswers?
    ) async throws -> Toolchain {
        let searchPath = inherited["PATH"] ?? ""
        let own: GoSettings
        do {
            own = try await GoSettings.ask(executable, environment: inherited, in: directory, memory)
        } catch BuildError.goFailed where wanted != nil && inherited["GOTOOLCHAIN"] == nil {
            // go could not download the version of the module. The one that is wanted may be here.
            let environment = inherited.stayingWithGo
            own = try await GoSettings.ask(executable, environment: environment, in: directory)
            if wanted?.covers(own.version) == true { return try Toolchain(executable, own, environment, memory) }
        }
        guard let wanted, !wanted.covers(own.version) else { return try Toolchain(executable, own, inherited, memory) }

        var attempts = [BuildError.Attempt.isVersion(executable, own.version)]
        if wanted.patch != nil, GoVersion(own.version).map({ $0 >= GoVersion(major: 1, minor: 21) }) ?? false {
            let environment = inherited.merging(["GOTOOLCHAIN": wanted.description]) { $1 }
            do {
                let answer = try await GoSettings.ask(executable, environment: environment, in: directory)
                if wanted.covers(answer.version) { return try Toolchain(executable, answer, environment, memory) }
                attempts.append(.withGOTOOLCHAIN(answer.version))
            } catch let error as BuildError {
                attempts.append(.failedWithGOTOOLCHAIN(said: error.description))
            }
        }
        guard let other = SearchPath.program(wanted.description, in: searchPath) else {
            throw BuildError.versionNotFound(wanted, attempts: attempts + [.notOnPath])
        }
        let environment = inherited.stayingWithGo
        let answer = try await GoSettings.ask(other, environment: environment, in: directory)
        guard wanted.covers(answer.version) else {
            throw BuildError.versionNotFound(wanted, attempts: attempts + [.isVersion(other, answer.version)])
        }
        return try Toolchain(other, answer, environment, memory)
    }

    private static func locate(_ path: FilePath?, searchPath: String) throws(BuildError) -> FilePath {
        if let path {
            guard path.isProgram else { throw .goNotExecutable(path) }
            return path
        }
        guard let found = SearchPath.program("go", in: searchPath) else { throw .goNotFound }
        return found
    }

    private init(
        _ executable: FilePath, _ settings: GoSettings, _ inherited: [String: String], _ memory: RememberedAnswers?
    ) throws(BuildError) {
        self.init(
            executable: executable, version: settings.version,
            environment: try BuildEnvironment(inherited: inherited, settings: settings.stored), memory: memory)
    }
}

/// The settings of a go command that decide how it is used.
struct GoSettings: Sendable, Hashable {
    /// GOVERSION.
    let version: String
    /// The file in which `go env -w` stores settings; nil if go names none.
    let file: FilePath?

    /// Reads the output of `go env GOVERSION GOENV`: one line for each.
    init(parsing output: String) {
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        version = lines.first ?? ""
        file = lines.count > 1 && lines[1].hasPrefix("/") ? FilePath(lines[1]) : nil
    }

    /// The stored settings; none if the file does not exist.
    var stored: [String: String] { GoSettings.stored(in: file) }

    /// The settings in a file that `go env -w` wrote; none if the file does not exist.
    static func stored(in file: FilePath?) -> [String: String] {
        let text = file.flatMap { try? FileSnapshot.text($0, maximumSize: 1 << 20) }
        return BuildEnvironment.settings(fromFile: text ?? "")
    }

    /// Asks a go command.
    ///
    /// - Throws: `BuildError` if it fails, or is too old.
    static func ask(
        _ executable: FilePath, environment: [String: String], in directory: FilePath,
        _ memory: RememberedAnswers? = nil
    ) async throws -> GoSettings {
        // GOFLAGS=-json would change the form of the answer.
        let arguments = ["env", "-json=false", "GOVERSION", "GOENV"]
        let command = Command(
            executable: executable, arguments: arguments, environment: environment, workingDirectory: directory)
        let outcome = try await RememberedAnswers.outcome(of: command, from: memory)
        guard outcome.succeeded else {
            let said = outcome.errors.split(separator: "\n").joined(separator: " ")
            throw BuildError.goFailed(arguments, directory: directory, said: said)
        }
        let settings = GoSettings(parsing: outcome.output)
        guard Toolchain.isSupported(settings.version) else {
            throw BuildError.goTooOld(executable, version: settings.version.isEmpty ? nil : settings.version)
        }
        return settings
    }
}

extension [String: String] {
    /// The environment in which a go command does not look for another version of itself.
    fileprivate var stayingWithGo: [String: String] { merging(["GOTOOLCHAIN": "local"]) { $1 } }
}
