extension Rule {
    /// Static glibc still opens its name service libraries.
    static let nameService = Rule(
        RuleDocument(
            identifier: "name-service",
            level: .warning,
            summary:
                "Static glibc loads its name service libraries",
            rationale:
                "getaddrinfo, getpwnam and their like open libnss_*.so of the very glibc version that the "
                + "program was linked with, as /etc/nsswitch.conf says. In an empty root only the ways that glibc "
                + "has built in work (files and dns), and those need /etc/hosts, /etc/resolv.conf and /etc/passwd.",
            detection:
                "The bytes libnss_ in what is loaded of a program that has neither interpreter nor libraries.",
            limits:
                "Whether the program ever looks up a name; other C libraries look names up by themselves and "
                + "hold no such bytes.",
            remedy:
                "Build Go with CGO_ENABLED=0 (or -tags netgo,osusergo), link C against musl, or give the image "
                + "the files under /etc.",
            reference:
                "https://sourceware.org/glibc/wiki/FAQ (static programs that need shared libraries)")
    ) { subject in
        guard subject.isStaticC, subject.marksOfC?.texts.contains(.nameServiceLibrary) == true else { return [] }
        return [
            .init(
                "looking up hosts and users works only as far as /etc in the image allows",
                evidence: "the text 'libnss_' in a static program")
        ]
    }
}
