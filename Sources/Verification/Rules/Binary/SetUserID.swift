import ELF

extension Rule {
    /// Set-user-ID bits give away the unprivileged user.
    static let setUserID = Rule(
        RuleDocument(
            identifier: "set-user-id",
            level: .warning,
            summary:
                "The file runs as its owner, not as the user of the container",
            rationale:
                "An unprivileged user who starts it gets the owner's rights, root's as a rule: the opposite of "
                + "what USER in the image is for. Under no_new_privs, which orchestrators set, the bits do "
                + "nothing.",
            detection:
                "The bits 04000 or 02000 of the file's mode.",
            limits:
                "File capabilities (setcap), which are not in the mode.",
            remedy:
                "Take the bits away: chmod u-s,g-s.",
            reference:
                "execve(2); https://kubernetes.io/docs/concepts/security/pod-security-standards/")
    ) { subject in
        guard let permissions = subject.permissions, permissions & 0o6000 != 0, subject.image != nil else { return [] }
        return [
            .init(
                "it runs with its owner's rights, whatever USER says",
                evidence: "mode 0\(String(permissions, radix: 8))")
        ]
    }
}
