extension Rule {
    /// A static build passes over files that need cgo, and over programs that consist of them, without a word.
    static let cgoLeftOut = Rule(
        RuleDocument(
            identifier: "cgo-left-out", level: .warning,
            summary: "Code that needs cgo is left out",
            rationale:
                "With CGO_ENABLED=0 go passes over every file that imports \"C\". A package often has a stub beside it, which "
                + "compiles and then fails when it is called ('go-sqlite3 requires cgo to work. This is a stub'). A program "
                + "that has only such files is not built at all, and go build ./... does not say so.",
            detection:
                "In check, go lists the packages that the program imports with CGO_ENABLED=1: those outside of the standard "
                + "library that have files with import \"C\" lost them. Programs that a pattern matches and go build passes "
                + "over are found in the sources. In existing files, Go's function table contains a function of a known "
                + "package that cannot work without cgo, and none of cgo's own: "
                + GoFunction.stubs.map(\.rawValue).joined(separator: ", ") + ".",
            limits:
                "Whether what is left out matters: many packages have a complete replacement in Go. Existing files show only "
                + "the known packages.",
            remedy:
                "Use a package in pure Go (modernc.org/sqlite, for example), or build with --cgo zig, which compiles "
                + "the C code and links it statically. If the program works without that code, let it pass with an exception.",
            reference: "https://pkg.go.dev/cmd/cgo; https://go.dev/issue/24068"),
        reads: LeftOutProgram?.self, CgoLosses?.self, GoFunctions?.self
    ) { program, losses, functions in
        if let program {
            guard program.needsCgo else { return [] }
            return [
                .init(
                    "the program is not built: it needs cgo (import \"C\"), and cgo is off",
                    evidence: program.files.evidence)
            ]
        }
        if let losses, !losses.all.isEmpty {
            let packages = losses.all.map { "\($0.package) (\($0.files.evidence))" }
            return [.init(.stubbed, evidence: "built without " + packages.joined(separator: ", "))]
        }
        guard let functions, !functions.contains(.panicFromC) else { return [] }
        let stubs = GoFunction.stubs.filter(functions.contains)
        return stubs.isEmpty ? [] : [.init(.stubbed, evidence: stubs.evidence + " without cgo")]
    }

    /// What does not exist on a platform is not shipped for it.
    static let leftOut = Rule(
        RuleDocument(
            identifier: "left-out", level: .note,
            summary: "The program is not built for this platform",
            rationale:
                "go build ./... passes over a program whose files are all for other platforms or need build tags, and does not "
                + "say so. If it was meant to be shipped, it is missing.",
            detection:
                "In check: a folder that a pattern with a wildcard matches holds files of package main, and go lists none of "
                + "them for this platform and these tags.",
            limits:
                "Programs in other modules than those of the working folder or workspace.",
            remedy:
                "Build for a platform that its constraints name, or with --tags. A file that is only for go run (//go:build "
                + "ignore) is left out for good.",
            reference: "https://pkg.go.dev/cmd/go#hdr-Build_constraints; https://go.dev/issue/16981"),
        reads: LeftOutProgram.self
    ) { program in
        guard !program.needsCgo else { return [] }
        return [
            .init(
                "the program is not built: build constraints exclude all its files on this platform",
                evidence: program.files.evidence)
        ]
    }
}

extension Finding.Message {
    fileprivate static let stubbed: Finding.Message =
        "code that needs cgo is left out: what stands in for it may fail when it is called"
}

extension [String] {
    /// The names of files as evidence, the first of many.
    fileprivate var evidence: String {
        let shown = 4
        let names = prefix(count > shown + 1 ? shown : count).joined(separator: ", ")
        return count > shown + 1 ? "\(names) and \(count - shown) more files" : names
    }
}
