import ELF

extension Rule {
    /// A file without any execute bit is refused even to root.
    static let notExecutable = Rule(
        RuleDocument(
            identifier: "not-executable", level: .error,
            summary: "The file is not executable",
            rationale:
                "Without an execute permission exec fails with 'permission denied', for root as well. Artifact stores"
                + " of CI systems and some archives lose the mode, and COPY keeps what it finds.",
            detection:
                "None of the three execute bits (mode & 0111) of the file is set. Shared libraries need none.",
            limits:
                "What a later step does to the mode (COPY --chmod, an archive), and whether the bits apply to the "
                + "user of the container.",
            remedy:
                "Set the mode (chmod 755), or COPY --chmod=755. If a later step does so, turn the rule off and say "
                + "why.",
            reference: "execve(2), EACCES"),
        reads: Permissions.self, Headers.self, Linkage.self
    ) { permissions, headers, linkage in
        guard permissions.bits & 0o111 == 0, headers.header.isProgramOrSharedObject, linkage.objectKind == nil else {
            return []
        }
        return [
            .init(
                "exec fails with 'permission denied': the file is not executable",
                evidence: "mode \(permissions.bits.octal)")
        ]
    }
}
