extension Rule {
    /// The word of the kernel itself, where it was asked (--prove).
    static let doesNotStart = Rule(
        RuleDocument(
            identifier: "does-not-start",
            level: .error,
            summary:
                "The file did not start when it was tried",
            rationale:
                "The kernel's answer is the one that counts in the container.",
            detection:
                "With --prove the file is started, alone in an empty root of its own, and stopped before its "
                + "first instruction; with --prove=run it runs. exec must succeed, no signal may end it, and a run "
                + "must end with 0 or still go on when its time is up.",
            limits:
                "Files for which there is neither this machine nor an emulator (qemu-user), and machines that do "
                + "not permit namespaces: those files are reported as not proved. A start alone does not show what "
                + "happens after the first instruction.",
            remedy:
                "Read the other findings of the file; where there are none, run it with strace in an empty root.",
            reference:
                "execve(2); ptrace(2), PTRACE_TRACEME")
    ) { subject in
        guard let proof = subject.proof, proof.outcome == .refused || proof.outcome == .failed else { return [] }
        let message: Finding.Message =
            proof.outcome == .refused
            ? "it does not start in an empty root: it was tried" : "it fails in an empty root: it was tried"
        return [
            .init(
                message,
                evidence: [proof.detail, proof.by.map { "by \($0)" }].compactMap { $0 }.joined(separator: ", "))
        ]
    }
}
