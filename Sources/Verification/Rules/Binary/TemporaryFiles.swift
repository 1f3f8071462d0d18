extension Rule {
    /// An empty root has no /tmp.
    static let temporaryFiles = Rule(
        RuleDocument(
            identifier: "temporary-files", level: .warning,
            summary: "The program makes temporary files",
            rationale:
                "os.CreateTemp and os.MkdirTemp write to TMPDIR, or /tmp by default. An empty root has no such "
                + "folder, and an unprivileged user cannot create it.",
            detection:
                "Go's function table contains os.CreateTemp or os.MkdirTemp.",
            limits:
                "A program that reads multipart forms contains the functions, and uses them only for large forms. "
                + "Other ways to write below /tmp are not detected.",
            remedy:
                "Add a /tmp with mode 1777 to the image, mount one (docker run --tmpfs /tmp), or set TMPDIR to a "
                + "volume.",
            reference: "https://pkg.go.dev/os#CreateTemp"),
        reads: GoFunctions.self, Surroundings?.self
    ) { functions, image in
        let makers = functions.present(.createTemporaryFile, .makeTemporaryFolder)
        guard !makers.isEmpty, !image.provides(.temporaryFiles) else { return [] }
        return [
            .init(
                "making a temporary file fails with 'no such file or directory' unless the image has /tmp",
                evidence: makers.evidence)
        ]
    }
}
