import GoBinary

extension Rule {
    /// An external linker's program starts in C, and runtime/cgo must then set up Go.
    static let withoutThreadSetup = Rule(
        RuleDocument(
            identifier: "without-thread-setup", level: .error,
            summary: "The Go program is linked externally, and lacks what sets it up",
            rationale:
                "A Go program that an external linker made starts in C code, and the package runtime/cgo then sets up"
                + " Go's thread-local storage. Go before 1.20 continues to link when it cannot find that package "
                + "(CGO_ENABLED=0 or -trimpath with -linkmode=external), prints one line about it, and the program is "
                + "killed by SIGTRAP when it starts.",
            detection:
                "Go's function table contains neither the entry function of the internal linker (_rt0_<arch>_linux) "
                + "nor _cgo_panic, which is in every program with runtime/cgo.",
            limits:
                "Nothing that is known.",
            remedy:
                "Build without -linkmode=external; or with CGO_ENABLED=1 and Go 1.20 or later.",
            reference: "Go cmd/link (loadinternal: cannot find runtime/cgo)"),
        reads: Headers.self, Linkage.self, GoFunctions.self
    ) { headers, linkage, functions in
        guard linkage.isStatic, let kind = MachineKind.of(headers.header), !functions.contains(.panicFromC),
            functions.entries.isEmpty, functions.contains(.startMain)
        else { return [] }
        return [
            .init(
                "it is killed by SIGTRAP when it starts: nothing sets up Go's thread-local storage",
                evidence: "Go's function table contains neither _rt0_\(kind.goarch)_linux nor _cgo_panic")
        ]
    }
}
