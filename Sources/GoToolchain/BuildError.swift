public import GoBinary
public import SystemPackage
import Text

/// Why the go command, git, or the plan of a build failed.
public enum BuildError: Error, Sendable, Hashable, CustomStringConvertible {
    // Finding go.
    /// No go command was given, and none is on PATH.
    case goNotFound
    /// The given go command does not exist or is not executable.
    case goNotExecutable(FilePath)
    /// The go command is older than 1.18; nil if it cannot tell its version.
    case goTooOld(FilePath, version: String?)
    /// The go command is older than 1.24, and does not read GOCACHEPROG.
    case goTooOldForCache(FilePath, version: String)
    /// A go.mod or go.work asks for a newer version than the go command is. If go could not download it, its words are given.
    case goTooOldForModule(FilePath, wanted: GoVersion, FilePath, found: GoVersion, failedDownload: String?)
    /// The wanted version was not found; each attempt says what was there instead.
    case versionNotFound(GoVersion, attempts: [Attempt])

    /// A go command that is not of the wanted version.
    public enum Attempt: Sendable, Hashable {
        /// A program that is of another version.
        case isVersion(FilePath, String)
        /// A program that gave another version although GOTOOLCHAIN named the wanted one.
        case withGOTOOLCHAIN(String)
        /// A program that failed when GOTOOLCHAIN named the wanted version.
        case failedWithGOTOOLCHAIN(said: String)
        /// PATH has no program with the name of the version.
        case notOnPath
    }

    /// GOFLAGS holds quotes or white space that versions of Go read differently.
    case ambiguousGoFlags(String)

    // Running tools.
    /// `go` exited with an error.
    case goFailed([String], directory: FilePath, said: String)
    /// `go` succeeded with output that cannot be read.
    case unexpectedOutput([String], directory: FilePath)
    /// git is not on PATH.
    case gitNotFound
    /// `git` exited with an error.
    case gitFailed([String], directory: FilePath, said: String)
    /// Flags have placeholders, and git knows no commit that they could stand for.
    case noGitFacts(directory: FilePath, said: String)

    // Packages.
    /// There is no go.mod in a folder or above it; `below` are the folders in it that have one.
    case noModule(FilePath, below: [String])
    /// go cannot load a package. If all its files are left out, the first of them and their number are given.
    case packageNotLoaded(String, said: String, leftOut: LeftOut?)
    /// The patterns match no main package; `programs` are those that the folder has.
    case noProgram(patterns: [String], matchesPackages: Bool, directory: FilePath, programs: [String])
    /// The patterns match main packages, and all of them are left out on all platforms.
    case everyProgramLeftOut(patterns: [String], count: Int)
    /// go cannot build a program that other code needs.
    case notBuilt(package: String)

    /// Files of a package that are excluded from a build.
    public struct LeftOut: Sendable, Hashable {
        /// The name of the first file.
        public let first: String
        /// The number of files.
        public let count: Int
        /// The platform of the build.
        public let platform: Platform
    }

    // The plan.
    /// No platform is left to build for.
    case noPlatform
    /// This version of Go cannot build for a platform, `GOOS/GOARCH`.
    case unknownPlatform(String, goVersion: String, known: [String])
    /// A build's `name` applies to several programs, or to none.
    case nameForSeveralPrograms(String, count: Int)
    /// Several programs would be written to one file.
    case samePlace(String, packages: [String])
    /// A text has a placeholder that does not exist.
    case unknownPlaceholder(String, known: [String])
}

extension BuildError {
    /// What failed, where, and what to do.
    public var description: String {
        switch self {
        case .goNotFound:
            "no go command on PATH: install Go 1.18 or later (apt-get install golang-go, or https://go.dev/dl), or pass --go PATH"
        case .goNotExecutable(let path):
            "--go \(path): not found or not executable; give the path of the go command itself"
        case .goTooOld(let path, let version):
            (version.map { "\(path) is \($0)" } ?? "\(path) does not answer as the go command does")
                + "; go 1.18 or later is needed"
        case .goTooOldForCache(let path, let version):
            "\(path) is \(version), and a cache program needs go 1.24 or later, which reads GOCACHEPROG: build without --cache, "
                + "install a newer Go from https://go.dev/dl, or pass --go PATH"
        case .goTooOldForModule(let file, let wanted, let executable, let found, let said):
            "\(file) asks for \(wanted), and \(executable) is \(found): \(BuildError.wayToGo(wanted, from: found, said))"
        case .versionNotFound(let wanted, let attempts):
            "\(wanted) not found: \(attempts.map { $0.text(wanted) }.joined(separator: "; "))"
                + "; install it with: go install golang.org/dl/\(wanted)@latest && \(wanted) download"
        case .ambiguousGoFlags(let text):
            "GOFLAGS is refused: versions of Go split '\(text)' differently, because of quotes or unusual white space; separate flags by blanks, and set flags with blanks in scratchcheck.yaml or on the command line"
        case .goFailed(let arguments, let directory, let said):
            "go \(BuildError.name(of: arguments)) failed in \(directory):\n\(said)"
        case .unexpectedOutput(let arguments, let directory):
            "unexpected output of go \(BuildError.name(of: arguments)) in \(directory); is a wrapper around go in use?"
        case .gitNotFound: "git not found on PATH; the placeholders in --ldflags need it"
        case .noGitFacts(let directory, let said):
            "{{version}}, {{commit}} and {{date}} are what git says of a commit, and it knows none in \(directory) (\(said)); "
                + "commit the sources, or leave the placeholders out of the flags"
        case .gitFailed(let arguments, let directory, let said):
            "git \(arguments.joined(separator: " ")) failed in \(directory): \(said)"
        case .noModule(let folder, let below):
            "no go.mod in \(folder) or above it: "
                + (below.isEmpty
                    ? "run staticcheck in the folder of a module, or name it with -C FOLDER ('go mod init NAME' makes one)"
                    : "name the folder of the module: \(below.map { "-C \($0.shellQuoted)" }.joined(separator: ", "))")
        case .packageNotLoaded(let path, let said, let leftOut):
            "go cannot load \(path):\(said.hasPrefix("\n") ? "" : " ")\(said)\(leftOut.map(\.text) ?? "")"
        case .noProgram(let patterns, let matchesPackages, let directory, let programs):
            patterns.joined(separator: " ")
                + (matchesPackages ? " matches no program (package main); " : " matches no package; ")
                + (programs.isEmpty
                    ? "there are no programs in the module of \(directory)"
                    : "the programs here are:\n" + programs.map { "  \($0)" }.joined(separator: "\n"))
        case .everyProgramLeftOut(let patterns, let count):
            "\(patterns.joined(separator: " ")) matches no program that can be built: "
                + (count == 1 ? "the one that it matches is left out" : "the \(count) that it matches are left out")
        case .notBuilt(let package): "go cannot build \(package); run 'staticcheck check' for the reason"
        case .noPlatform: "no platforms to build for; name one with --platform"
        case .unknownPlatform(let name, let version, let known):
            "\(version) does not know the platform \(name)\(Spelling.hint(for: name, in: known))"
        case .nameForSeveralPrograms(let name, let count):
            "the name '\(name)' applies to \(count) programs; give the build exactly one package"
        case .samePlace(let place, let packages):
            "\(packages.joined(separator: " and ")) would both be written to \(place); give one build another name or platform"
        case .unknownPlaceholder(let name, let known):
            "unknown placeholder {{\(name)}}; known are \(known.map { "{{\($0)}}" }.joined(separator: ", "))"
        }
    }

    /// How to get a newer version of Go.
    private static func wayToGo(_ wanted: GoVersion, from found: GoVersion, _ failedDownload: String?) -> String {
        let install = "install it from https://go.dev/dl, and put it first on PATH or pass --go PATH"
        guard found >= .selecting else { return install }
        guard let failedDownload else { return "set GOTOOLCHAIN=auto, so that go downloads it, or \(install)" }
        return "it could not be downloaded (\(failedDownload)); \(install)"
    }

    /// The subcommand with the flags that say what it does: `list -deps`, `tool dist list`.
    private static func name(of arguments: [String]) -> String {
        arguments.prefix { $0 != "--" && !$0.contains("=") }.joined(separator: " ")
    }
}

extension BuildError.Attempt {
    fileprivate func text(_ wanted: GoVersion) -> String {
        switch self {
        case .isVersion(let path, let version): "\(path) is \(version)"
        case .withGOTOOLCHAIN(let version): "with GOTOOLCHAIN=\(wanted) it is \(version)"
        case .failedWithGOTOOLCHAIN(let said): "with GOTOOLCHAIN=\(wanted): \(said)"
        case .notOnPath: "no \(wanted) on PATH"
        }
    }
}

extension BuildError.LeftOut {
    fileprivate var text: String {
        let names = count == 1 ? first : "\(first) and \(count - 1) more"
        return "\n  left out: \(names) (import \"C\" without cgo, or build constraints that exclude \(platform))"
    }
}
