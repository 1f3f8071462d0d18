import FoundationEssentials
public import GoBinary
public import Processes
public import SystemPackage

/// One run of `go build`: programs of distinct names, for one platform.
public struct BuildStep: Sendable {
    /// The platform.
    public let platform: Platform
    /// Where go is run.
    public let directory: FilePath
    /// The programs; go names each file itself, so no two have the same name there.
    public let programs: [Program]
    /// What goes through to go.
    public let flags: BuildFlags
    /// The go command, with its environment.
    public let toolchain: Toolchain
    /// The version of Go that was asked for, where one was.
    public let wantedGo: GoVersion?

    /// What came of it: each program's staged file, or go's own words on why there is none.
    public enum Outcome: Sendable {
        /// go succeeded, and these files are there.
        case built([(program: Program, file: FilePath)])
        /// go failed; nothing that it may have written is used.
        case failed(String)
    }

    /// The cells of the matrix that the step makes.
    public var targets: [Target] { programs.map(target) }

    /// The cell of the matrix that a program is.
    public func target(_ program: Program) -> Target {
        Target(package: program.package.importPath, platform: platform, fileName: program.fileName(on: platform))
    }

    /// The step with those programs alone that are wanted; nil without any.
    func keeping(_ isWanted: (Target) -> Bool) -> BuildStep? {
        let kept = programs.filter { isWanted(target($0)) }
        guard !kept.isEmpty else { return nil }
        return BuildStep(
            platform: platform, directory: directory, programs: kept, flags: flags, toolchain: toolchain,
            wantedGo: wantedGo)
    }

    /// The command for a person to run: it writes to the final place.
    ///
    /// - Parameters:
    ///   - output: The output folder.
    ///   - budget: What the processes may use.
    public func command(below output: FilePath, budget: BuildBudget) -> Command {
        let folder = output.pushing(FilePath(platform.description))
        let place =
            programs.count == 1 ? folder.appending(programs[0].fileName(on: platform)).string : folder.string + "/"
        return command(writingTo: place, budget: budget)
    }

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

    /// Runs go.
    ///
    /// - Parameters:
    ///   - staging: A folder of this step's own, on the file system of the final place.
    ///   - budget: What the processes may use.
    ///   - onPackage: Told of each package that go has begun to compile.
    public func run(
        staging: FilePath, budget: BuildBudget, onPackage: @Sendable (String) async -> Void
    ) async throws -> Outcome {
        for folder in [temporary(in: staging), files(in: staging)] {
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        }
        // Whether go says which package it compiles is no part of what it builds.
        let place = programs.count == 1 ? file(of: programs[0], in: staging).string : files(in: staging).string + "/"
        let command = command(
            writingTo: place, budget: budget, isCounting: true, extra: ["GOTMPDIR": temporary(in: staging).string])
        let isAsked = flags.building.contains("-v")
        let outcome = try await ChildProcess.run(command) { line in
            guard BuildStep.isPackage(line) else { return true }
            await onPackage(line)
            return isAsked
        }
        guard outcome.succeeded else {
            let said = (outcome.errors + outcome.output).trimmed
            let words = said.isEmpty ? "go build ended with \(outcome.ending) and said nothing" : said
            return .failed(words + budget.remedy(for: words))
        }
        for program in programs {
            guard FileManager.default.fileExists(atPath: file(of: program, in: staging).string) else {
                return .failed("go build succeeded and wrote no program for \(program.package.importPath)")
            }
        }
        return .built(programs.map { ($0, file(of: $0, in: staging)) })
    }

    /// Where go writes a program, below the staging folder.
    public func file(of program: Program, in staging: FilePath) -> FilePath {
        let suffix = platform.goos == "windows" ? ".exe" : ""
        return files(in: staging).appending(program.package.programName + suffix)
    }

    /// Below the staging folder, the one into which go writes the programs.
    public func files(in staging: FilePath) -> FilePath { staging.appending("files") }

    private func temporary(in staging: FilePath) -> FilePath { staging.appending("tmp") }

    /// Whether a line of `go build -v` names a package: one word, and no position of a compiler's message.
    static func isPackage(_ line: String) -> Bool {
        !line.isEmpty && !line.contains { $0 == " " || $0 == ":" || $0 == "#" || $0 == "\t" || $0 == "(" }
    }
}

extension GoPackage {
    /// What names the package to `go build`.
    var arguments: [String] {
        isNamedByFiles ? files.map { FilePath(directory).appending($0).string } : [importPath]
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
