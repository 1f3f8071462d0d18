extension Rule {
    /// An empty root has no /tmp.
    static let temporaryFiles = Rule(
        RuleDocument(
            identifier: "temporary-files",
            level: .warning,
            summary:
                "The program makes temporary files",
            rationale:
                "os.CreateTemp and os.MkdirTemp write to TMPDIR, else /tmp. An empty root has no such folder, "
                + "and an unprivileged user cannot make it.",
            detection:
                "Go's function table holds os.CreateTemp or os.MkdirTemp.",
            limits:
                "A program that reads multipart forms holds the functions, and uses them for large forms alone; other ways to"
                + " write below /tmp are not seen.",
            remedy:
                "Give the image a /tmp with mode 1777, mount one (docker run --tmpfs /tmp), or set TMPDIR to a "
                + "volume.",
            reference:
                "https://pkg.go.dev/os#CreateTemp")
    ) { subject in
        let makers = subject.present(.createTemporaryFile, .makeTemporaryFolder)
        guard !makers.isEmpty, !subject.isProvided(.temporaryFiles) else { return [] }
        return [
            .init(
                "making a temporary file fails with 'no such file or directory', unless the image holds /tmp",
                evidence: subject.evidence(makers))
        ]
    }
}
