extension Rule {
    /// Set-user-ID bits undo the unprivileged user.
    static let setUserID = Rule(
        RuleDocument(
            identifier: "set-user-id", level: .warning,
            summary: "The file runs as its owner, not as the user of the container",
            rationale:
                "An unprivileged user who starts it gets the owner's rights, usually root's: the opposite of what "
                + "USER in the image is for. Under no_new_privs, which orchestrators set, the bits have no effect.",
            detection:
                "The bits 04000 or 02000 of the file's mode.",
            limits:
                "File capabilities (setcap), which are not in the mode.",
            remedy:
                "Remove the bits: chmod u-s,g-s.",
            reference: "execve(2); https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
        reads: Permissions.self, Headers.self
    ) { permissions, _ in
        guard permissions.bits & 0o6000 != 0 else { return [] }
        return [
            .init("it runs with its owner's rights, whatever USER says", evidence: "mode \(permissions.bits.octal)")
        ]
    }
}
