import ELF

extension Rule {
    /// The stack is executable.
    static let executableStack = Rule(
        RuleDocument(
            identifier: "executable-stack", level: .warning,
            summary: "The stack is executable",
            rationale:
                "Bytes written to the stack can be run as code, which attacks on memory errors rely on. Hardened "
                + "kernels refuse such programs.",
            detection:
                "A PT_GNU_STACK program header with the flag PF_X.",
            limits:
                "A file without PT_GNU_STACK, for which the kernel's default for the machine counts.",
            remedy:
                "Link with -z noexecstack, and add a .note.GNU-stack section to assembly files.",
            reference: "execstack(8); ld(1), -z noexecstack"),
        reads: Headers.self
    ) { headers in
        headers.segments.filter { $0.kind == .gnuStack && $0.flags.contains(.executable) }.prefix(1).map {
            .init("bytes written to the stack can be run as code", evidence: "PT_GNU_STACK \($0.flags)")
        }
    }
}
