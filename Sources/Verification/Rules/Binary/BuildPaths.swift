import GoBinary

extension Rule {
    /// Paths of the machine that built it.
    static let buildPaths = Rule(
        RuleDocument(
            identifier: "build-paths",
            level: .note,
            summary:
                "The file names folders of the machine that built it",
            rationale:
                "Absolute source paths tell names of users and projects to everybody who has the image, and make "
                + "builds differ from folder to folder.",
            detection:
                "A source file in Go's line table whose path begins with a slash.",
            limits:
                "Paths in the program's own data.",
            remedy:
                "Build with -trimpath, which is what check does.",
            reference:
                "https://pkg.go.dev/cmd/go, -trimpath")
    ) { subject in
        guard let path = subject.lineTable?.absoluteSourcePath else { return [] }
        return [.init("the file shows where it was built", evidence: "source file \(path)")]
    }
}
