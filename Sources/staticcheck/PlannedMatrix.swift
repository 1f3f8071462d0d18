import Configuration
import FoundationEssentials
import GoBinary
import GoToolchain
import SystemPackage
import Text

/// The whole matrix that the options ask for, with what there is to say about it.
struct PlannedMatrix: Sendable {
    let plan: BuildPlan
    /// What was set aside in the environment, or is in force there though it changes the result.
    let notices: [String]
    /// The versions of Go that build it.
    let goVersions: [String]

    /// Asks go, for each build that was asked for, what its packages are.
    ///
    /// - Parameters:
    ///   - words: The packages, or names of builds, of the command line; none means all that is configured.
    ///   - toGo: Flags for `go build` from the command line.
    init(_ options: MatrixOptions, words: [String], toGo: [String], file: ConfigurationFile, folder: FilePath)
        async throws
    {
        let inherited = ProcessInfo.processInfo.environment
        var parts: [BuildPlan.Part] = []
        var found: [ToolchainKey: Toolchain] = [:]
        for (settings, directory) in RequestedBuilds.of(file, words: words, folder: folder) {
            let version = options.build.goVersion ?? settings.goVersion
            let key = ToolchainKey(version: version, environment: settings.environment, directory: directory)
            let toolchain =
                if let known = found[key] { known } else {
                    try await Toolchain.find(
                        path: options.build.goCommand, version: version,
                        inherited: inherited.merging(settings.environment) { $1 }, directory: directory)
                }
            found[key] = toolchain
            let platforms = try await options.platformOptions.resolve(over: settings, toolchain: toolchain)
            guard let first = platforms.first else { throw BuildError.noPlatform }
            let usesFacts = (options.build.ldflags ?? settings.ldflags).map { !GitFacts.placeholders(in: $0).isEmpty }
            let date = try SourceDate.given().map(SourceDate.text(of:))
            let facts =
                usesFacts == true ? try await GitFacts.of(directory, environment: inherited, date: date) : nil
            let flags = try options.build.flags(over: settings, passedOn: toGo, facts: facts)
            let packages = try await toolchain.packages(
                matching: settings.packages, in: directory, flags: flags.listing, for: first)
            parts.append(
                BuildPlan.Part(
                    packages: packages, platforms: platforms, flags: flags, toolchain: toolchain,
                    wantedGo: version, name: settings.name))
        }
        plan = try BuildPlan(parts)
        notices = found.values.flatMap(\.environment.notices).distinct
        goVersions = parts.map(\.toolchain.version).distinct
    }

    private struct ToolchainKey: Hashable {
        let version: GoVersion?
        let environment: [String: String]
        let directory: FilePath
    }
}
