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
                + " package uses it. Some libraries are named: by a text that they contain (SQLite, zlib, OpenSSL, Lua), and in check "
                + "by what go says of the packages (-l in #cgo LDFLAGS).",
            limits:
                "C code linked by other means than cgo, and libraries without a text of their own, such as musl.",
            remedy:
                "Nothing to do if the program needs the C code. Otherwise build with CGO_ENABLED=0 (without --cgo).",
            reference: "https://pkg.go.dev/cmd/cgo"),
        reads: GoFunctions.self, Linkage.self, BuildInfo?.self, CCode?.self, CLibrary?.self
    ) { functions, linkage, info, code, library in
        guard linkage.isStatic, functions.contains(.panicFromC) else { return [] }
        let setting = info?.settings["CGO_ENABLED"].map { "; build info: CGO_ENABLED=\($0)" } ?? ""
        return [
            .init(
                "the program contains a C library, though it is static",
                evidence: [.panicFromC].evidence + setting + (code.map { "; " + $0.evidence } ?? "")
                    + (library?.linkedEvidence ?? ""))
        ]
    }
}

extension CLibrary {
    /// The libraries that are known by their texts, behind other evidence.
    fileprivate var linkedEvidence: String {
        linked.isEmpty ? "" : "; linked in: \(linked.map(\.description).joined(separator: ", "))"
    }
}
