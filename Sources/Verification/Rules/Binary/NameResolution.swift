extension Rule {
    /// Names of hosts are resolved from files of /etc.
    static let nameResolution = Rule(
        RuleDocument(
            identifier: "name-resolution",
            level: .note,
            summary:
                "The program resolves host names",
            rationale:
                "Go's resolver reads /etc/resolv.conf, /etc/hosts and /etc/nsswitch.conf. Container runtimes "
                + "mount the first two; without them names are asked of a server on the machine itself, and "
                + "localhost is unknown.",
            detection:
                "Go's function table holds net.dnsReadConfig.",
            limits:
                "Every program that can open a network connection holds the function, servers too.",
            remedy:
                "Nothing to do under Docker, Podman and Kubernetes; elsewhere give the root an /etc/resolv.conf "
                + "and /etc/hosts.",
            reference:
                "https://pkg.go.dev/net (Name Resolution)")
    ) { subject in
        guard subject.functions.contains(.readResolverConfiguration) else { return [] }
        return [
            .init(
                "host names are found only where the container runtime mounts /etc/resolv.conf and /etc/hosts",
                evidence: subject.evidence(.readResolverConfiguration))
        ]
    }
}
