extension Rule {
    /// There is nothing else to start in an empty root.
    static let otherPrograms = Rule(
        RuleDocument(
            identifier: "other-programs",
            level: .warning,
            summary:
                "The program starts other programs",
            rationale:
                "An empty root holds no shell and no other program: what os/exec starts must be copied into the "
                + "image, static itself.",
            detection:
                "Go's function table holds os.StartProcess, which os/exec ends in.",
            limits:
                "Which programs, and whether ever: the file does not say. Programs started by system calls of "
                + "their own (syscall.Exec) are not seen.",
            remedy:
                "Copy the programs into the image and verify them too, or do their work in Go.",
            reference:
                "https://pkg.go.dev/os/exec")
    ) { subject in
        guard subject.functions.contains(.startProcess) else { return [] }
        return [
            .init(
                "starting another program fails with 'no such file or directory', unless the image holds that program",
                evidence: subject.evidence(.startProcess))
        ]
    }
}
