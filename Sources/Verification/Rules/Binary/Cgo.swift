import GoBinary

extension Rule {
    /// C code in a static Go program.
    static let cgo = Rule(
        RuleDocument(
            identifier: "cgo", level: .note,
            summary: "C code is linked into the Go program",
            rationale:
                "A static program with cgo runs in an empty root, but it contains a C library with its own handling "
                + "of users, names and locales.",
            detection:
                "Go's function table contains _cgo_panic, which every program with cgo has, and the file is static. "
                + "CGO_ENABLED=1 in the build info alone means nothing: it is the default, and there is no C code if no"
                + " package uses it.",
            limits:
                "C code linked by other means than cgo.",
            remedy:
                "Build with CGO_ENABLED=0 if nothing needs the C code.",
            reference: "https://pkg.go.dev/cmd/cgo"),
        reads: GoFunctions.self, Linkage.self, BuildInfo?.self, CCode?.self
    ) { functions, linkage, info, code in
        guard linkage.isStatic, functions.contains(.panicFromC) else { return [] }
        let setting = info?.settings["CGO_ENABLED"].map { "; build info: CGO_ENABLED=\($0)" } ?? ""
        return [
            .init(
                "the program contains a C library, though it is static",
                evidence: [.panicFromC].evidence + setting + (code.map { "; " + $0.evidence } ?? ""))
        ]
    }
}
