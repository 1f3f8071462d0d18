import BuildCache
import Files
public import GoBinary
public import Processes
public import SystemPackage
import Text

/// One run of `go build`: programs with distinct names, for one platform.
public struct BuildStep: Sendable {
    /// The platform.
    public let platform: Platform
    /// Where go runs.
    public let directory: FilePath
    /// The programs. go names the files itself, so no two programs have the same name.
    public let programs: [Program]
    /// The flags of `go build`.
    public let flags: BuildFlags
    /// The go command, with its environment.
    public let toolchain: Toolchain
    /// The requested version of Go; nil if any will do.
    public let wantedGo: GoVersion?

    /// The result of a step.
    public enum Outcome: Sendable {
        /// go succeeded and wrote these files.
        case built([(program: Program, file: FilePath)])
        /// go failed, with this message. Files that it may have written are not used.
        case failed(String)
    }

    /// The cells of the matrix that the step builds.
    public var targets: [Target] { programs.map(target) }

    /// The cell of the matrix of one program.
    public func target(_ program: Program) -> Target {
        Target(package: program.package.importPath, platform: platform, fileName: program.fileName(on: platform))
    }

    /// The step without the programs that are not wanted; nil if no program is left.
    func keeping(_ isWanted: (Target) -> Bool) -> BuildStep? {
        let kept = programs.filter { isWanted(target($0)) }
        guard !kept.isEmpty else { return nil }
        return BuildStep(
            platform: platform, directory: directory, programs: kept, flags: flags, toolchain: toolchain,
            wantedGo: wantedGo)
    }

    /// The command as a user would run it: it writes to the output folder.
    ///
    /// - Parameters:
    ///   - output: The output folder.
    ///   - budget: The share of the machine.
    public func command(below output: FilePath, budget: BuildBudget) -> Command {
        let folder = output.pushing(FilePath(platform.description))
        let place =
            programs.count == 1 ? folder.appending(programs[0].fileName(on: platform)).string : folder.string + "/"
        return command(writingTo: place, budget: budget)
    }

    /// The flag -v, which makes go print what it compiles, does not change what it builds. Variables of the budget that the user
    /// sets stay as they are.
    private func command(
        writingTo place: String, budget: BuildBudget, isCounting: Bool = false, extra: [String: String] = [:]
    ) -> Command {
        let arguments =
            ["build", "-o", place] + (isCounting && !flags.building.contains("-v") ? ["-v"] : []) + flags.building
            + ["--"] + programs.flatMap { $0.package.arguments }
        let own = toolchain.environment.variables
        let chosen = budget.environment(for: toolchain.version).filter { own[$0.key] == nil }
        return toolchain.command(arguments, in: directory, for: platform, extra: chosen.merging(extra) { $1 })
    }

    /// The command that builds into a staging folder. It prints each package that it compiles.
    ///
    /// - Parameters:
    ///   - temporary: The folder for go's temporary files; nil takes one in the staging folder.
    ///   - extra: More variables for go.
    func stagedCommand(
        in staging: FilePath, budget: BuildBudget, temporary: FilePath? = nil, extra: [String: String] = [:]
    ) -> Command {
        let place = programs.count == 1 ? file(of: programs[0], in: staging).string : files(in: staging).string + "/"
        let folder = temporary ?? BuildStep.temporary(in: staging)
        return command(
            writingTo: place, budget: budget, isCounting: true, extra: extra.merging(["GOTMPDIR": folder.string]) { $1 }
        )
    }

    /// Runs go.
    ///
    /// - Parameters:
    ///   - staging: A folder for this step alone, on the file system of the output folder.
    ///   - budget: The share of the machine.
    ///   - cache: The cache program that go asks, and whether the objects that it supplies are kept; nil lets go keep its cache.
    ///   - onCacheWords: Called with each line that the cache program wrote to standard error, if go succeeded.
    ///   - onPackage: Called with each package that go starts to compile.
    /// - Throws: `OutputError` if the folders cannot be created, `ProcessError` if go cannot be run, `CacheProgramError`,
    ///   `CancellationError`.
    public func run(
        staging: FilePath, budget: BuildBudget, cache: (program: CacheProgram, isKeeping: Bool)? = nil,
        onCacheWords: @Sendable (String) -> Void = { _ in }, onPackage: @Sendable (String) async -> Void
    ) async throws -> Outcome {
        try Folder.create(files(in: staging))
        let asking = try cache.map { try cacheVariables($0.program, isKeeping: $0.isKeeping, in: staging) } ?? [:]
        let outcome = try await withTemporary(in: staging) { temporary in
            let isAsked = flags.building.contains("-v")
            let command = stagedCommand(in: staging, budget: budget, temporary: temporary, extra: asking)
            return try await ChildProcess.run(command) { line in
                guard BuildStep.isPackage(line) else { return true }
                await onPackage(line)
                return isAsked
            }
        }
        guard outcome.succeeded else {
            let counts = cache == nil ? nil : cacheCounts(in: staging)
            return .failed(try await explanation(of: outcome, counts, budget: budget))
        }
        if cache != nil { outcome.errors.split(separator: "\n").map(String.init).distinct.forEach(onCacheWords) }
        for program in programs {
            guard file(of: program, in: staging).exists else {
                return .failed("go build succeeded but wrote no program for \(program.package.importPath)")
            }
        }
        return .built(programs.map { ($0, file(of: $0, in: staging)) })
    }

    /// Gives go a folder for its temporary files.
    private func withTemporary<Result: Sendable>(
        in staging: FilePath, _ body: (FilePath) async throws -> Result
    ) async throws -> Result {
        // The staging folder may lie in that of the sources. With cgo, go would then write the paths of its temporary files into the
        // program, below the name of the module (-trimpath), and they differ from run to run.
        guard toolchain.compiler == nil else { return try await TemporaryPlace.with(body) }
        let temporary = BuildStep.temporary(in: staging)
        try Folder.create(temporary)
        return try await body(temporary)
    }

    /// Why go failed, and what to do about it.
    private func explanation(
        of outcome: ChildProcess.Outcome, _ counts: CacheCounts?, budget: BuildBudget
    ) async throws -> String {
        let said = [outcome.errors, outcome.output].map(\.trimmed).filter { !$0.isEmpty }.joined(separator: "\n")
        let message =
            said.isEmpty ? "go build ended with \(outcome.ending) and no message" : BuildStep.withoutGitRemark(said)
        if let failure = counts?.failure { return failure + "\n" + message }
        let words = try await toolchain.explained(
            message, asked: programs.flatMap(\.package.arguments), in: directory, flags: flags.listing, for: platform)
        return words + budget.remedy(for: message)
    }

    /// A message without the words of git about a repository that has no commit yet: go goes on without a version, so they are no
    /// reason for a failure.
    static func withoutGitRemark(_ message: String) -> String {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        let rest = lines.indices.filter { index in
            let isCommand = lines[index].hasPrefix("# cd ") && lines[index].contains("; git ")
            let next = index + 1 < lines.count ? lines[index + 1] : ""
            return !(isCommand && next.hasPrefix(noCommit)) && !lines[index].hasPrefix(noCommit)
        }
        return rest.isEmpty ? message : rest.map { lines[$0] }.joined(separator: "\n")
    }

    private static let noCommit = "fatal: your current branch"

    /// The file of a program below the staging folder.
    public func file(of program: Program, in staging: FilePath) -> FilePath {
        let suffix = platform.goos == "windows" ? ".exe" : ""
        return files(in: staging).appending(program.package.programName + suffix)
    }

    /// The folder below the staging folder into which go writes the programs.
    public func files(in staging: FilePath) -> FilePath { staging.appending("files") }

    private static func temporary(in staging: FilePath) -> FilePath { staging.appending("tmp") }

    /// Whether a line of `go build -v` names a package: it is one word, and not part of a compiler's message.
    static func isPackage(_ line: String) -> Bool {
        !line.isEmpty && !line.contains { $0 == " " || $0 == ":" || $0 == "#" || $0 == "\t" || $0 == "(" }
    }
}

extension GoPackage {
    /// The arguments that name the package to `go build`: its import path, or its files.
    var arguments: [String] {
        isNamedByFiles ? allFiles.map { FilePath(directory).appending($0).string } : [importPath]
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
