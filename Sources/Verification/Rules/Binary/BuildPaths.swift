import GoBinary

extension Rule {
    /// Absolute source paths show the machine that built the file.
    static let buildPaths = Rule(
        RuleDocument(
            identifier: "build-paths", level: .note,
            summary: "The file names folders of the machine that built it",
            rationale:
                "Absolute source paths show user and project names to everyone who has the image, and builds in "
                + "different folders give different files.",
            detection:
                "A source file in Go's line table has a path that begins with a slash.",
            limits:
                "Paths in the program's own data.",
            remedy:
                "Build with -trimpath, as check does.",
            reference: "https://pkg.go.dev/cmd/go, -trimpath"),
        reads: LineTable.self
    ) { table in
        guard let path = table.absoluteSourcePath else { return [] }
        return [.init("the file shows where it was built", evidence: "source file \(path)")]
    }
}
