extension Rule {
    /// What the kernel itself did, if it was tried (--prove).
    static let doesNotStart = Rule(
        RuleDocument(
            identifier: "does-not-start", level: .error,
            summary: "The file did not start when it was tried",
            rationale:
                "What counts in the container is what the kernel does.",
            detection:
                "With --prove the file is started alone in an empty root of its own, and stopped before its first "
                + "instruction; with --prove=run it runs. exec must succeed, no signal may kill it, and a run must end "
                + "with 0 or still be going when its time is up.",
            limits:
                "Files for which there is neither this machine nor an emulator (qemu-user), and machines that do not "
                + "permit namespaces: those files are reported as not proved. A start alone does not show what happens "
                + "after the first instruction.",
            remedy:
                "Read the other findings for the file. If there are none, run it with strace in an empty root.",
            reference: "execve(2); ptrace(2), PTRACE_TRACEME"),
        reads: Proof.self
    ) { proof in
        guard proof.outcome == .refused || proof.outcome == .failed else { return [] }
        let message: Finding.Message =
            proof.outcome == .refused
            ? "it does not start in an empty root: it was tried" : "it fails in an empty root: it was tried"
        let evidence = [proof.detail, proof.by.map { "by \($0)" }].compactMap { $0 }
        return [.init(message, evidence: evidence.joined(separator: ", "))]
    }
}
