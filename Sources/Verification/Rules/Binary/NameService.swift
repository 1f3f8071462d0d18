extension Rule {
    /// Static glibc still opens its name service libraries.
    static let nameService = Rule(
        RuleDocument(
            identifier: "name-service", level: .warning,
            summary: "Static glibc loads its name service libraries",
            rationale:
                "getaddrinfo, getpwnam and similar functions open libnss_*.so of the exact glibc version that the "
                + "program was linked with, as /etc/nsswitch.conf says. In an empty root only the services built into "
                + "glibc work (files and dns), and those need /etc/hosts, /etc/resolv.conf and /etc/passwd.",
            detection:
                "The bytes libnss_ in the loaded bytes of a program that has neither interpreter nor libraries.",
            limits:
                "Whether the program ever looks up a name. Other C libraries look up names themselves and do not "
                + "contain these bytes.",
            remedy:
                "Build Go with CGO_ENABLED=0 (or -tags netgo,osusergo), link C against musl, or add the files in /etc"
                + " to the image.",
            reference: "https://sourceware.org/glibc/wiki/FAQ (static programs that need shared libraries)"),
        reads: CLibrary.self, SourceLanguage.self
    ) { library, language in
        guard library.texts.contains(.nameServiceLibrary) else { return [] }
        return [
            .init(
                "looking up hosts and users works only as far as /etc in the image allows",
                evidence: "the text 'libnss_' in a static program", remedy: nameServiceRemedy(language))
        ]
    }
}

extension Rule {
    private static func nameServiceRemedy(_ language: SourceLanguage) -> String? {
        let files = ", or add the files in /etc to the image."
        return switch language {
        case .go: "Build with CGO_ENABLED=0 (or -tags netgo,osusergo)" + files
        case .rust: "Build for a musl target" + files
        case .c: "Link against musl (musl-gcc)" + files
        case .other: nil
        }
    }
}
