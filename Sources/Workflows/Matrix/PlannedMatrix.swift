import Attestation
import Configuration
import GoBinary
import GoToolchain
import SystemPackage
import Text

/// The whole matrix that a request asks for.
struct PlannedMatrix: Sendable {
    let plan: BuildPlan
    /// The programs that the packages match and that are not built on a platform, with the folder where go runs.
    let leftOut: [(program: LeftOutMain, directory: FilePath)]
    /// The packages of which no program is built on any platform.
    let unmatched: [BuildError]
    /// The variables and flags of go's environment that were removed, or that stay and change the result.
    let notices: [String]
    /// The versions of Go that build it.
    let goVersions: [String]

    /// Asks go which packages each build consists of.
    init(_ request: MatrixRequest, in context: Context) async throws {
        let end = context.listener.begin("loading packages")
        defer { end() }
        var parts: [BuildPlan.Part] = []
        var found: [ToolchainKey: Toolchain] = [:]
        let memory = request.isAskingAnew ? nil : context.rememberedAnswers
        for build in request.builds {
            let key = ToolchainKey(build)
            let toolchain =
                if let known = found[key] { known } else {
                    try await Toolchain.find(
                        path: request.goPath, version: build.goVersion,
                        inherited: context.environment.merging(build.environment) { $1 }, directory: build.directory,
                        remembering: memory)
                }
            found[key] = toolchain
            if request.cache != nil { try toolchain.checkUsesCacheProgram() }
            parts.append(try await PlannedMatrix.part(of: build, with: toolchain, in: context))
        }
        plan = try BuildPlan(parts)
        leftOut = parts.flatMap {
            $0.packages.flatMap { group in group.leftOut.map { (program: $0, directory: group.directory) } }
        }
        unmatched = zip(request.builds, parts).compactMap { build, part in
            guard part.packages.allSatisfy(\.mains.isEmpty) else { return nil }
            let leftOut = part.packages.flatMap(\.leftOut)
            return BuildError.everyProgramLeftOut(
                patterns: build.packages, count: Set(leftOut.map(\.package.importPath)).count)
        }
        let versions = zip(request.builds, parts).compactMap { $1.toolchain.versionNotice(in: $0.directory) }
        notices = (parts.flatMap(\.toolchain.environment.notices) + versions).distinct
        goVersions = parts.map(\.toolchain.version).distinct
    }

    /// Makes sure that there is something to build.
    ///
    /// - Throws: `BuildError.everyProgramLeftOut`.
    func demandPrograms() throws {
        if let error = unmatched.first { throw error }
    }

    private static func part(
        of build: BuildRequest, with toolchain: Toolchain, in context: Context
    ) async throws -> BuildPlan.Part {
        let toolchain = try await CBuild.toolchain(toolchain, for: build)
        let platforms = try await platforms(of: build, with: toolchain, in: context)
        guard !platforms.isEmpty else { throw PlanError.noPlatform(build.packages) }
        let facts = try await facts(for: build, in: context)
        let flags = try build.flags(with: facts, for: toolchain)
        let packages = try await toolchain.packages(
            matching: build.packages, in: build.directory, flags: flags.listing, for: platforms)
        return BuildPlan.Part(
            packages: packages, platforms: platforms, flags: flags, toolchain: toolchain, wantedGo: build.goVersion,
            name: build.name)
    }

    private static func platforms(
        of build: BuildRequest, with toolchain: Toolchain, in context: Context
    ) async throws -> [Platform] {
        var platforms: [Platform] = []
        for word in build.platforms {
            switch word {
            case .all:
                let all = try await toolchain.platforms().filter(\.isLinux).sorted()
                platforms += CBuild.possible(all, with: toolchain, in: context)
            case .one(let platform): platforms.append(platform)
            }
        }
        try await toolchain.check(platforms)
        try CBuild.check(platforms, with: toolchain)
        return platforms
    }

    private static func facts(for build: BuildRequest, in context: Context) async throws -> GitFacts? {
        let date = try context.sourceDate().map(StatedTime.text(of:))
        guard build.usesGitFacts else { return nil }
        return try await GitFacts.of(build.directory, environment: context.environment, date: date)
    }

    /// Builds with equal keys share one go command, so that its facts are read only once.
    private struct ToolchainKey: Hashable {
        let version: GoVersion?
        let environment: [String: String]
        let directory: FilePath

        init(_ build: BuildRequest) {
            version = build.goVersion
            environment = build.environment
            directory = build.directory
        }
    }
}

/// Why nothing can be planned.
public enum PlanError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A build names no platform.
    case noPlatform([String])

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .noPlatform(let packages):
            "no platform for \(packages.joined(separator: ", ")): name one with --platform"
        }
    }
}
