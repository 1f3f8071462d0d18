extension Rule {
    /// An empty root has nothing else to start.
    static let otherPrograms = Rule(
        RuleDocument(
            identifier: "other-programs", level: .warning,
            summary: "The program starts other programs",
            rationale:
                "An empty root has no shell and no other program: what os/exec starts must be copied into the image, "
                + "and be static itself.",
            detection:
                "Go's function table contains os.StartProcess, which os/exec calls, or syscall.ForkExec or syscall.Exec.",
            limits:
                "Which programs it starts, and whether it ever does: the file does not say. Programs started by "
                + "system calls of the program's own (syscall.RawSyscall) are not detected.",
            remedy:
                "Copy the programs into the image and verify them too, or do their work in Go.",
            reference: "https://pkg.go.dev/os/exec"),
        reads: GoFunctions.self
    ) { functions in
        // os.StartProcess calls syscall.forkExec.
        let found =
            functions.contains(.startProcess)
            ? functions.present(.startProcess, .execute) : functions.present(.forkAndExecute, .execute)
        guard !found.isEmpty else { return [] }
        return [
            .init(
                "starting another program fails with 'no such file or directory' unless the image has that program",
                evidence: found.evidence)
        ]
    }
}
