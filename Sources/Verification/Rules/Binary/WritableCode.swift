import ELF

extension Rule {
    /// Memory that is writable and executable.
    static let writableCode = Rule(
        RuleDocument(
            identifier: "writable-code", level: .warning,
            summary: "A segment is writable and executable",
            rationale:
                "Attacks on memory errors look for code that the program can overwrite. Hardened kernels (SELinux "
                + "execmem) refuse to map it.",
            detection:
                "A PT_LOAD whose flags contain both PF_W and PF_X.",
            limits:
                "Memory that the program itself maps that way while it runs.",
            remedy:
                "Link without -N (--omagic) and without a linker script that joins code and data.",
            reference: "System V gABI, chapter 5 (Program Header), p_flags"),
        reads: Headers.self
    ) { headers in
        headers.loads.filter { $0.flags.isSuperset(of: [.writable, .executable]) }.map {
            .init(
                "the code of the program can be overwritten while it runs",
                evidence: "PT_LOAD at \($0.address.hex), flags \($0.flags)")
        }
    }
}
