public import GoBinary
public import SystemPackage

extension GitFacts {
    /// The version of a main module, as go1.24 and later write it into programs: that of the tag of the commit, else a
    /// pseudo-version after the highest tag before it, and `+dirty` if there are changes that are in no commit.
    ///
    /// - Parameters:
    ///   - info: The build info. If it names a commit, that must be the one which is checked out.
    ///   - root: The root folder of the module.
    ///   - environment: The environment in which git runs, with PATH.
    /// - Returns: nil if git does not tell.
    public static func version(
        of info: BuildInfo, in root: FilePath, environment: [String: String]
    ) async -> String? {
        guard let facts = try? await of(root, environment: environment, date: nil) else { return nil }
        let revision = info.settings["vcs.revision"]
        guard revision == nil || revision == facts.commit else { return nil }
        let path = info.main?.path ?? ""
        guard let prefix = try? await ask(["rev-parse", "--show-prefix"], in: root, environment) else { return nil }
        func newest(_ selection: [String]) async -> SemanticVersion? {
            let tags = try? await lines(["tag", "--list"] + selection + [prefix + "v*"], in: root, environment)
            return (tags ?? []).compactMap { SemanticVersion(tag: String($0.dropFirst(prefix.count))) }
                .filter { $0.fits(module: path) }.max()
        }
        let isDirty: Bool
        if let modified = info.settings["vcs.modified"] {
            isDirty = modified == "true"
        } else {
            isDirty = (try? await ask(["status", "--porcelain"], in: root, environment))?.isEmpty == false
        }
        let mark = isDirty ? "+dirty" : ""
        if let tag = await newest(["--points-at", "HEAD"]) { return "\(tag)" + mark }
        return PseudoVersion(
            revision: facts.commit, time: facts.date, after: await newest(["--merged", "HEAD"]),
            major: SemanticVersion.majors(of: path)[0]
        ).map { "\($0)" + mark }
    }
}
