import FoundationEssentials
public import GoBinary
public import Processes
public import SystemPackage

/// The build of every program of a plan for one platform.
public struct PlatformBuild: Sendable {
    /// The platform.
    public let platform: Platform
    /// The plan.
    public let plan: BuildPlan
    /// The toolchain.
    public let toolchain: Toolchain
    /// A folder of this platform's own, on the file system of the final place.
    public let staging: FilePath

    /// Makes a build; nothing is run yet.
    public init(platform: Platform, plan: BuildPlan, toolchain: Toolchain, staging: FilePath) {
        self.platform = platform
        self.plan = plan
        self.toolchain = toolchain
        self.staging = staging
    }

    /// What came of it: each program's staged file, or go's own words on why there is none.
    public enum Outcome: Sendable {
        /// go succeeded, and these files are there.
        case built([(program: Program, file: FilePath)])
        /// go failed; nothing that it may have written is used.
        case failed(String)
    }

    /// The commands, one for each group of programs.
    public var commands: [Command] {
        plan.groups.enumerated().map { index, group in
            let output =
                group.programs.count == 1
                ? file(of: group.programs[0], group: index).string : folder(ofGroup: index).string + "/"
            let arguments =
                ["build", "-o", output] + plan.flags.building + ["--"]
                + group.programs.flatMap { $0.package.arguments }
            return toolchain.command(
                arguments, in: group.directory, for: platform, extra: ["GOTMPDIR": temporary.string])
        }
    }

    /// Runs go.
    public func run() async throws -> Outcome {
        for folder in [temporary] + plan.groups.indices.map(folder(ofGroup:)) {
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        }
        for command in commands {
            let outcome = try await ChildProcess.run(command)
            guard outcome.succeeded else {
                let said = (outcome.errors + outcome.output).trimmed
                return .failed(said.isEmpty ? "go build ended with \(outcome.ending) and said nothing" : said)
            }
        }
        var files: [(program: Program, file: FilePath)] = []
        for (index, group) in plan.groups.enumerated() {
            for program in group.programs {
                let file = file(of: program, group: index)
                guard FileManager.default.fileExists(atPath: file.string) else {
                    return .failed("go build succeeded and wrote no program for \(program.package.importPath)")
                }
                files.append((program, file))
            }
        }
        return .built(files)
    }

    private var temporary: FilePath { staging.appending("tmp") }

    private func folder(ofGroup index: Int) -> FilePath { staging.appending("\(index)") }

    private func file(of program: Program, group: Int) -> FilePath {
        let suffix = platform.goos == "windows" ? ".exe" : ""
        return folder(ofGroup: group).appending(program.package.programName + suffix)
    }
}

extension GoPackage {
    /// What names the package to `go build`.
    fileprivate var arguments: [String] {
        isNamedByFiles ? files.map { FilePath(directory).appending($0).string } : [importPath]
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
