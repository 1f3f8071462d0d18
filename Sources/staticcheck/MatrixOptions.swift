import ArgumentParser
import Configuration
import FoundationEssentials
import GoBinary
import GoToolchain
import SystemPackage

/// Which programs are built for which platforms, and how: what check and matrix have in common.
struct MatrixOptions: ParsableArguments {
    @OptionGroup(title: "Matrix") var platformOptions: PlatformOptions
    @OptionGroup(title: "Build") var build: BuildOptions
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @OptionGroup var folder: FolderOptions
}

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
                        path: options.build.goPath, version: version,
                        inherited: inherited.merging(settings.environment) { $1 }, directory: directory)
                }
            found[key] = toolchain
            let platforms = try await options.platformOptions.resolve(over: settings, toolchain: toolchain)
            guard let first = platforms.first else { throw BuildError("no platform is asked for") }
            let usesFacts = (options.build.ldflags ?? settings.ldflags).map { !GitFacts.placeholders(in: $0).isEmpty }
            let date = try SourceDate.given(inherited).map(SourceDate.text(of:))
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

/// The builds that the words of the command line ask for.
enum RequestedBuilds {
    /// Each build with the folder that its packages are named from.
    ///
    /// A word that a configured build bears as its name, or has among its packages, means that build. Other words are
    /// packages of their own, built as the only configured build is, or with no configuration where there are several.
    static func of(
        _ file: ConfigurationFile, words: [String], folder: FilePath
    ) -> [(settings: BuildSettings, directory: FilePath)] {
        let builds = file.settings.builds
        guard !builds.isEmpty else { return [(BuildSettings(packages: words.isEmpty ? ["."] : words), folder)] }
        guard !words.isEmpty else { return builds.map { ($0, file.folder) } }
        var asked: [(BuildSettings, FilePath)] = []
        for build in builds {
            let named = words.filter { build.packages.contains($0) && folder == file.folder }
            if let name = build.name, words.contains(name) {
                asked.append((build, file.folder))
            } else if !named.isEmpty {
                asked.append((build.with(packages: named), file.folder))
            }
        }
        let known = Set(builds.flatMap { [$0.name].compactMap { $0 } + (folder == file.folder ? $0.packages : []) })
        let others = words.filter { !known.contains($0) }
        if !others.isEmpty {
            let settings = builds.count == 1 ? builds[0] : BuildSettings(packages: others)
            asked.append((settings.with(packages: others), folder))
        }
        return asked
    }
}
