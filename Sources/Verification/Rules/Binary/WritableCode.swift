import ELF

extension Rule {
    /// Memory that can be written and executed.
    static let writableCode = Rule(
        RuleDocument(
            identifier: "writable-code",
            level: .warning,
            summary:
                "A segment is writable and executable",
            rationale:
                "Code that the program can overwrite is what attacks on memory faults look for; hardened kernels "
                + "(SELinux execmem) refuse to map it.",
            detection:
                "A PT_LOAD whose flags hold both PF_W and PF_X.",
            limits:
                "Memory that the program itself maps so while it runs.",
            remedy:
                "Link without -N (--omagic) and without a linker script that joins code and data.",
            reference:
                "System V gABI, chapter 5 (Program Header), p_flags")
    ) { subject in
        guard let image = subject.image else { return [] }
        return image.segments.filter { $0.kind == .load && $0.flags.isSuperset(of: [.writable, .executable]) }.map {
            .init(
                "code of the program can be overwritten while it runs",
                evidence: "PT_LOAD at \(hex($0.address)), flags \($0.flags)")
        }
    }
}
