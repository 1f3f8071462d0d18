import GoBinary

extension Rule {
    /// C code in a static Go program.
    static let cgo = Rule(
        RuleDocument(
            identifier: "cgo",
            level: .note,
            summary:
                "C code is linked into the Go program",
            rationale:
                "With cgo linked statically the program runs in an empty root, but brings a C library along, "
                + "with its own view of users, names and locales.",
            detection:
                "Go's function table holds _cgo_panic, which every program with cgo has, and the file is static. "
                + "CGO_ENABLED=1 in the build info alone shows nothing: it is the default, and means no C where no "
                + "package uses it.",
            limits:
                "C linked by other means than cgo.",
            remedy:
                "Build with CGO_ENABLED=0 if nothing needs the C code.",
            reference:
                "https://pkg.go.dev/cmd/cgo")
    ) { subject in
        guard subject.isStatic, subject.functions.contains(.panicFromC) else { return [] }
        let setting = subject.buildInfo?.settings["CGO_ENABLED"].map { "; build info: CGO_ENABLED=\($0)" } ?? ""
        return [
            .init(
                "the program brings a C library along, though it is static",
                evidence: subject.evidence(.panicFromC) + setting)
        ]
    }
}
