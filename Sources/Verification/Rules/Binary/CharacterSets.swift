extension Rule {
    /// iconv loads a library for each character set.
    static let characterSets = Rule(
        RuleDocument(
            identifier: "character-sets", level: .warning,
            summary: "Static glibc loads its character set libraries",
            rationale:
                "iconv opens a module of /usr/lib/gconv for every character set except a few built-in ones. An empty "
                + "root has none, so iconv_open fails.",
            detection:
                "The symbol table of a static program defines iconv_open, and its loaded bytes hold the name of "
                + "glibc's list of modules.",
            limits:
                "Programs whose symbols are stripped: the texts alone are in every static glibc program.",
            remedy:
                "Convert in the program itself (Go: golang.org/x/text/encoding), or link against musl, whose iconv "
                + "needs no files.",
            reference:
                "iconv_open(3); https://sourceware.org/glibc/manual/latest/html_node/glibc-iconv-Implementation.html"),
        reads: CLibrary.self
    ) { library in
        guard library.texts.contains(.characterSetModules) else { return [] }
        return [.init("iconv_open fails for most character sets", evidence: "symbol iconv_open")]
    }
}
