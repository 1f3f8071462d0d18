import ELF
import GoBinary

extension Rule {
    /// An external linker's program starts in C, and Go must then be set up by runtime/cgo.
    static let withoutThreadSetup = Rule(
        RuleDocument(
            identifier: "without-thread-setup",
            level: .error,
            summary:
                "The Go program is linked externally, and lacks what sets it up",
            rationale:
                "A Go program that an external linker made starts in C code, and Go's thread-local storage is "
                + "then set up by the package runtime/cgo. Go before 1.20 links on when it cannot find that "
                + "package (CGO_ENABLED=0 or -trimpath with -linkmode=external), says so in one line, and the "
                + "program is killed by SIGTRAP as it starts.",
            detection:
                "Go's function table holds neither the entry function of the internal linker (_rt0_<arch>_linux) "
                + "nor _cgo_panic, which is in every program with runtime/cgo.",
            limits:
                "Nothing that is known.",
            remedy:
                "Build without -linkmode=external; or with CGO_ENABLED=1 and Go 1.20 or later.",
            reference:
                "Go cmd/link (loadinternal: cannot find runtime/cgo)")
    ) { subject in
        guard let image = subject.image, subject.isStatic, let kind = MachineKind.of(image.header),
            !subject.functions.contains(.panicFromC), subject.entryFunctions.isEmpty,
            subject.functions.contains(.startMain)
        else { return [] }
        let entry = "_rt0_\(kind.goarch)_linux"
        return [
            .init(
                "it is killed by SIGTRAP as it starts: nothing sets up Go's thread-local storage",
                evidence: "Go's function table holds neither \(entry) nor _cgo_panic")
        ]
    }
}
