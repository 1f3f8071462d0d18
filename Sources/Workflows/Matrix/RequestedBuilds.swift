public import Configuration
public import SystemPackage

/// The builds that the words of a command line mean.
public enum RequestedBuilds {
    /// Each build with the folder that its packages are named from.
    ///
    /// A word means a configured build if it is the build's name or one of its packages. Other words are packages: with
    /// one configured build they are built like it, else with go's own settings.
    public static func of(
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
        let others = unconfigured(file, words: words, folder: folder)
        if !others.isEmpty {
            let settings = builds.count == 1 ? builds[0] : BuildSettings(packages: others)
            asked.append((settings.with(packages: others), folder))
        }
        return asked
    }

    /// The words that mean no configured build, and are therefore packages.
    public static func unconfigured(_ file: ConfigurationFile, words: [String], folder: FilePath) -> [String] {
        let builds = file.settings.builds
        let known = Set(builds.flatMap { [$0.name].compactMap { $0 } + (folder == file.folder ? $0.packages : []) })
        return words.filter { !known.contains($0) }
    }
}
