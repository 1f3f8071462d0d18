extension Rule {
    /// Root in a container is root of what the container can reach.
    static let runsAsRoot = Rule(
        RuleDocument(
            identifier: "runs-as-root",
            level: .error,
            summary: "The image runs as root",
            rationale:
                "A fault in the program, or in the runtime, is worth more to an attacker as root; clusters that demand "
                + "runAsNonRoot refuse the image.",
            detection: "The user in the image's configuration is empty, root or 0.",
            limits: "A runtime may be told to use another user.",
            remedy: "USER 65532:65532 (numeric, so that clusters can tell that it is not root).",
            reference: "https://kubernetes.io/docs/concepts/security/pod-security-standards/")
    ) { subject in
        guard case .root(let text) = subject.surroundings?.user else { return [] }
        return [
            .init(
                "the program runs as root",
                evidence: text.isEmpty ? "config.User is empty, which means root" : "config.User is \(text)")
        ]
    }

    /// The runtime looks names up in the image's own /etc/passwd.
    static let unknownUser = Rule(
        RuleDocument(
            identifier: "unknown-user",
            level: .error,
            summary: "The image's user is a name that the image does not know",
            rationale:
                "The runtime looks the name up in /etc/passwd of the image; where it is not found, no container of the image "
                + "starts.",
            detection: "The user is no number, and no line of the image's /etc/passwd bears the name.",
            limits: "Nothing: runtimes ask the image alone.",
            remedy: "USER 65532:65532, or an /etc/passwd with the name.",
            reference: "https://github.com/opencontainers/image-spec/blob/main/config.md")
    ) { subject in
        guard case .name(let name, nil) = subject.surroundings?.user else { return [] }
        return [
            .init(
                "no container of this image starts: the image has no user '\(name)'",
                evidence: "config.User is \(name), /etc/passwd has no such line")
        ]
    }

    /// A cluster that demands another user than root cannot resolve names.
    static let userName = Rule(
        RuleDocument(
            identifier: "user-name",
            level: .warning,
            summary: "The image's user is no number",
            rationale:
                "Kubernetes does not look into images: with runAsNonRoot it refuses a user that is no number, for it cannot "
                + "tell that it is not root.",
            detection: "The user in the image's configuration is a name.",
            limits: "Runtimes that look the name up take it.",
            remedy: "USER 65532:65532.",
            reference: "https://github.com/kubernetes/kubernetes/pull/56503")
    ) { subject in
        guard case .name(let name, .some(let number)) = subject.surroundings?.user else { return [] }
        return [
            .init(
                "Kubernetes with runAsNonRoot refuses the image: its user is a name",
                evidence: "config.User is \(name), which /etc/passwd says is \(number)")
        ]
    }
}
