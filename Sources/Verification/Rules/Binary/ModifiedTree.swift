import GoBinary

extension Rule {
    /// Nobody can tell what source a dirty tree held.
    static let modifiedTree = Rule(
        RuleDocument(
            identifier: "modified-tree",
            level: .note,
            summary:
                "The program was built from sources with uncommitted changes",
            rationale:
                "The commit that the file names is not what it was built from, so that nobody can build it "
                + "again.",
            detection:
                "vcs.modified=true in the build info, or a version that ends in +dirty.",
            limits:
                "A file without vcs settings (-buildvcs=false, or built outside of a repository) says nothing of "
                + "either.",
            remedy:
                "Commit or stash, and build again.",
            reference:
                "https://pkg.go.dev/runtime/debug#BuildSetting")
    ) { subject in
        guard let info = subject.buildInfo else { return [] }
        let revision = info.settings["vcs.revision"].map { " of \($0)" } ?? ""
        if info.settings["vcs.modified"] == "true" {
            return [
                .init(
                    "nobody can build it again: its sources had changes that no commit holds",
                    evidence: "build info: vcs.modified=true\(revision)")
            ]
        }
        guard let version = info.main?.version, version.hasSuffix("+dirty") else { return [] }
        return [
            .init(
                "nobody can build it again: its sources had changes that no commit holds",
                evidence: "build info: version \(version)")
        ]
    }
}
