/// Why files are refused that do start here: for each finding, what it protects from.
enum RefusalReasons {
    private static let ident = "no linker writes it; libelf, loaders and kernels of other machines refuse it"
    private static let table: [(rule: String, start: String, reason: String)] = [
        ("not-loadable", "no linker writes such a header", ident),
        (
            "not-loadable", "exec fails with 'exec format error'",
            "the field lies elsewhere for the class that the file claims"
        ),
        (
            "not-loadable", "the program's segments overwrite each other",
            "no linker writes it; this program did not need the bytes that it lost"
        ),
        (
            "not-loadable", "two segments share a page",
            "no linker writes it; this program did not need the bytes or rights that it lost"
        ),
        (
            "not-loadable", "the segments are not in the order",
            "the gABI demands the order; whether the kernel finds a place depends on the distances"
        ),
        (
            "not-loadable", "the program is killed when it is loaded: a segment lies beyond",
            "the kernel of this machine has more addresses than the smallest of the architecture (32-bit x86: 3 GiB)"
        ),
        ("not-loadable", "a segment lies where the kernel puts the stack", "the place of the stack is random"),
        (
            "not-loadable", "the program is killed when it is loaded: its segments are too far apart",
            "the place of other mappings is random"
        ),
        (
            "not-loadable", "the program is killed when it is loaded: a segment asks for an alignment",
            "the place that the kernel computes is random, and sometimes large enough"
        ),
        (
            "not-loadable", "the file ends before its segment does",
            "a truncated file; this program did not read what is missing"
        ),
        (
            "not-loadable", "the entry point is in no executable segment",
            "it lies in the rest of a page behind its segment, or (386 without PT_GNU_STACK) all memory is executable"
        ),
        (
            "not-loadable", "no instruction begins at the entry point", "the emulator is milder than the processor"
        ),
        (
            "not-loadable", "the program is killed when it is loaded", "the emulator is milder than the kernel"
        ),
        ("not-loadable", "exec fails: PT_GNU_PROPERTY", "the emulator is milder than the kernel"),
        (
            "not-loadable", "the dynamic table cannot be read",
            "the kernel does not read the table, but a loader would, and libraries may hide in it"
        ),
        (
            "moved-entry", "",
            "section headers or symbols contradict the program headers; here the former are damaged, or the"
                + " program starts at another place and happens to work"
        ),
        ("unmapped-headers", "", "this program is C without a C library, and reads no headers"),
        ("memory-demand", "", "this machine has more than 16 GiB of memory"),
        ("needed-library", "", "the kernel ignores the names, but a program with them expects a loader"),
        ("interpreter", "", "the interpreter is the program itself"),
        (
            "not-a-program", "",
            "nothing marks it as a program (DF_1_PIE); this one needs no relocation and happens to work"
        ),
        (
            "wrong-platform", "the header says that the file is for",
            "Linux ignores EI_OSABI; files of those systems crash on it"
        ),
        (
            "wrong-platform", "class, byte order and machine",
            "EM_486, an old alias of EM_386: only kernels for x86 take it, and no linker writes it"
        ),
        (
            "wrong-platform", "the file's ABI is not that of",
            "the emulator does not look at e_flags; kernels or libraries do"
        ),
    ]

    static func reason(for finding: Opinion.Reason) -> String? {
        table.first { $0.rule == finding.rule && finding.message.hasPrefix($0.start) }?.reason
    }
}
