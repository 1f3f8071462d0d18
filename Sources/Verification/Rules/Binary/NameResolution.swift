extension Rule {
    /// Host names are resolved from files in /etc.
    static let nameResolution = Rule(
        RuleDocument(
            identifier: "name-resolution", level: .note,
            summary: "The program resolves host names",
            rationale:
                "Go's resolver reads /etc/resolv.conf, /etc/hosts and /etc/nsswitch.conf. Container runtimes mount "
                + "the first two. Without them the program asks a server on the machine itself, and localhost is "
                + "unknown.",
            detection:
                "Go's function table contains net.dnsReadConfig.",
            limits:
                "Every program that can open a network connection contains the function, servers too.",
            remedy:
                "Nothing to do under Docker, Podman and Kubernetes. Elsewhere add an /etc/resolv.conf and /etc/hosts "
                + "to the root.",
            reference: "https://pkg.go.dev/net (Name Resolution)"),
        reads: GoFunctions.self
    ) { functions in
        functions.present(.readResolverConfiguration).map {
            .init(
                "host names are found only if the container runtime mounts /etc/resolv.conf and /etc/hosts",
                evidence: [$0].evidence)
        }
    }
}
