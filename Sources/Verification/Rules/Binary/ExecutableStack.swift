import ELF

extension Rule {
    /// The stack can be executed.
    static let executableStack = Rule(
        RuleDocument(
            identifier: "executable-stack",
            level: .warning,
            summary:
                "The stack is executable",
            rationale:
                "Bytes written to the stack can be run as code, which is what attacks on memory faults live on; "
                + "hardened kernels refuse such programs.",
            detection:
                "A PT_GNU_STACK program header with the flag PF_X.",
            limits:
                "A file without PT_GNU_STACK, for which the kernel's default for the machine counts.",
            remedy:
                "Link with -z noexecstack, and give assembly files a .note.GNU-stack section.",
            reference:
                "execstack(8); ld(1), -z noexecstack")
    ) { subject in
        guard let image = subject.image,
            let segment = image.segments.first(where: { $0.kind == .gnuStack && $0.flags.contains(.executable) })
        else { return [] }
        return [.init("what is written to the stack can be run as code", evidence: "PT_GNU_STACK \(segment.flags)")]
    }
}
