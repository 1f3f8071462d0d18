extension Rule {
    /// Root in a container can use all that the runtime gives to the container.
    static let runsAsRoot = Rule(
        RuleDocument(
            identifier: "runs-as-root", level: .error,
            summary: "The image runs as root",
            rationale:
                "An attacker who exploits the program becomes root in the container, and can use a flaw in the runtime more "
                + "easily. Clusters that require runAsNonRoot refuse the image.",
            detection:
                "The user in the image's configuration is empty, root or 0.",
            limits:
                "A runtime may be told to use another user.",
            remedy:
                "USER 65532:65532 (numeric, so that clusters can tell that it is not root).",
            reference: "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
        reads: StartedImage.self
    ) { image in
        guard case .root(let text) = image.user else { return [] }
        return [
            .init(
                "the program runs as root",
                evidence: text.isEmpty ? "config.User is empty, which means root" : "config.User is \(text)")
        ]
    }

    /// The runtime looks up names in the image's own /etc/passwd.
    static let unknownUser = Rule(
        RuleDocument(
            identifier: "unknown-user", level: .error,
            summary: "The image's user is a name that the image does not know",
            rationale:
                "The runtime looks up the name in /etc/passwd of the image. If it is not there, no container of the "
                + "image starts.",
            detection:
                "The user is not a number, and no line of the image's /etc/passwd has the name.",
            limits:
                "Nothing: runtimes consult the image alone.",
            remedy:
                "USER 65532:65532, or an /etc/passwd with the name.",
            reference: "https://github.com/opencontainers/image-spec/blob/main/config.md"),
        reads: StartedImage.self
    ) { image in
        guard case .name(let name, nil) = image.user else { return [] }
        return [
            .init(
                "no container of this image starts: the image has no user '\(name)'",
                evidence: "config.User is \(name), /etc/passwd has no such line")
        ]
    }

    /// Kubernetes cannot look up the name, so it cannot tell whether the user is root.
    static let userName = Rule(
        RuleDocument(
            identifier: "user-name", level: .warning,
            summary: "The image's user is not a number",
            rationale:
                "Kubernetes does not look into images: with runAsNonRoot it refuses a user that is not a number, "
                + "because it cannot tell that the user is not root.",
            detection:
                "The user in the image's configuration is a name.",
            limits:
                "Runtimes that look up the name accept it.",
            remedy:
                "USER 65532:65532.",
            reference: "https://github.com/kubernetes/kubernetes/pull/56503"),
        reads: StartedImage.self
    ) { image in
        guard case .name(let name, .some(let number)) = image.user else { return [] }
        return [
            .init(
                "Kubernetes with runAsNonRoot refuses the image: its user is a name",
                evidence: "config.User is \(name), which /etc/passwd says is \(number)")
        ]
    }
}
