import GoBinary

extension Rule {
    /// The sources of a dirty tree are unknown.
    static let modifiedTree = Rule(
        RuleDocument(
            identifier: "modified-tree", level: .note,
            summary: "The program was built from sources with uncommitted changes",
            rationale:
                "The commit that the file names is not what it was built from, so nobody can build it again.",
            detection:
                "vcs.modified=true in the build info, or a version that ends with +dirty.",
            limits:
                "A file without vcs settings (-buildvcs=false, or built outside of a repository) shows neither.",
            remedy:
                "Commit or stash, and build again.",
            reference: "https://pkg.go.dev/runtime/debug#BuildSetting"),
        reads: BuildInfo.self
    ) { info in
        let evidence: String
        if info.settings["vcs.modified"] == "true" {
            evidence = "vcs.modified=true" + (info.settings["vcs.revision"].map { " of \($0)" } ?? "")
        } else if let version = info.main?.version, version.hasSuffix("+dirty") {
            evidence = "version \(version)"
        } else {
            return []
        }
        return [
            .init(
                "nobody can build it again: its sources had changes that are in no commit",
                evidence: "build info: \(evidence)")
        ]
    }
}
