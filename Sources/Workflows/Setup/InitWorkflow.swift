import Configuration
import Files
public import GoBinary
import GoToolchain
public import SystemPackage

/// What `init` is asked for.
public struct InitRequest: Sendable {
    /// The go command; nil looks on `PATH`.
    public var goPath: FilePath?
    /// Whether an existing file is overwritten.
    public var isForced = false
    /// Whether the text is only returned, and no file is written.
    public var isPrinting = false

    /// Makes a request.
    public init(goPath: FilePath? = nil, isForced: Bool = false, isPrinting: Bool = false) {
        self.goPath = goPath
        self.isForced = isForced
        self.isPrinting = isPrinting
    }
}

/// Writes a commented `scratchcheck.yaml` for the programs of a folder.
public enum InitWorkflow {
    /// Asks go for the programs, and writes the file.
    ///
    /// - Returns: The text, and the file; nil if none was written.
    /// - Throws: `SetupError`; `BuildError` if there is no go command, or no module.
    public static func run(_ request: InitRequest, in context: Context) async throws -> (text: String, file: FilePath?)
    {
        let path = context.folder.appending(ConfigurationFile.name)
        guard request.isPrinting || request.isForced || FileIdentity(of: path) == nil else {
            throw SetupError.exists(path)
        }
        let text = ConfigurationTemplate.text(try await programs(goPath: request.goPath, in: context))
        // The template must be valid whatever the packages are called.
        _ = try Configuration(text, file: ConfigurationFile.name)
        if request.isPrinting { return (text, nil) }
        try AtomicFile.write(text.utf8, to: path)
        return (text, path)
    }

    private static func programs(
        goPath: FilePath?, in context: Context
    ) async throws -> [ConfigurationTemplate.Program] {
        let folder = context.folder
        let toolchain = try await Toolchain.find(path: goPath, inherited: context.environment, directory: folder)
        let platform = Platform(goos: "linux", goarch: "amd64")
        let groups = try await toolchain.packages(matching: ["./..."], in: folder, flags: [], for: [platform])
        guard groups.contains(where: { !$0.mains.isEmpty }) else {
            throw SetupError.nothingToBuild(groups.flatMap(\.leftOut).map(\.package.importPath), platform)
        }
        func pattern(_ package: GoPackage) -> String {
            let relative = FilePath(package.directory).components.dropFirst(folder.components.count)
            return (["."] + relative.map(\.string)).joined(separator: "/")
        }
        for program in groups.flatMap(\.leftOut) {
            let reason =
                program.needsCgo
                ? "it needs cgo; add an entry with cgo: zig or cgo: native"
                : "all its files are for other platforms or tags; add an entry with those"
            context.listener.note("note: \(pattern(program.package)) is not in the file: \(reason)")
        }
        // Without a commit there is nothing that {{version}} could stand for.
        let hasCommit = await GitFacts.commit(of: folder, environment: context.environment) != nil
        return groups.flatMap(\.mains).map { package in
            ConfigurationTemplate.Program(
                pattern: pattern(package), hasVersion: hasCommit && package.declares("version"))
        }
    }
}

/// Why a file cannot be set up.
public enum SetupError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file exists, and overwriting it was not asked for.
    case exists(FilePath)
    /// No program can be built for the platform that the file would begin with.
    case nothingToBuild([String], Platform)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .exists(let path): "\(path) already exists; --force overwrites it"
        case .nothingToBuild(let packages, let platform):
            "no program can be built for \(platform): all Go files of \(packages.joined(separator: ", ")) are for other platforms, "
                + "or need cgo: build them with --platform, or with --cgo zig or native, and write \(ConfigurationFile.name) by hand, with "
                + "platforms or cgo in each build"
        }
    }
}

extension GoPackage {
    /// Whether the package has a variable of that name on a line of its own, which the linker's `-X` can set.
    fileprivate func declares(_ variable: String) -> Bool {
        files.contains { file in
            guard let text = try? FileSnapshot.text(FilePath(directory).appending(file)) else { return false }
            return text.split(separator: "\n").contains { line in
                let words = line.split(whereSeparator: { " \t=,".contains($0) })
                return words.starts(with: ["var", Substring(variable)])
            }
        }
    }
}
