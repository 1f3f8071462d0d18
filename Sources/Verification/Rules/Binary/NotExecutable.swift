import ELF

extension Rule {
    /// A file without any execute bit is refused even to root.
    static let notExecutable = Rule(
        RuleDocument(
            identifier: "not-executable",
            level: .error,
            summary:
                "The file may not be executed",
            rationale:
                "Without an execute permission exec fails with 'permission denied', for root as well. Artifact "
                + "stores of CI systems and some archives lose the mode on the way, and COPY keeps what it finds.",
            detection:
                "None of the three execute bits (mode & 0111) of the file is set.",
            limits:
                "What a later step does to the mode (COPY --chmod, an archive); whether the user of the "
                + "container is the one that the bits speak of.",
            remedy:
                "Set the mode (chmod 755), or COPY --chmod=755; if a later step does so, turn the rule off and "
                + "say why.",
            reference:
                "execve(2), EACCES")
    ) { subject in
        guard let permissions = subject.permissions, permissions & 0o111 == 0, let image = subject.image,
            image.header.isProgramOrSharedObject
        else { return [] }
        return [
            .init(
                "exec fails with 'permission denied': nobody may execute the file",
                evidence: "mode 0\(String(permissions, radix: 8))")
        ]
    }
}
