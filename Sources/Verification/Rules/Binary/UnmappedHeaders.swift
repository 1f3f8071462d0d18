import ELF

extension Rule {
    /// The start code of C libraries reads the program headers, which must therefore be in memory.
    static let unmappedHeaders = Rule(
        RuleDocument(
            identifier: "unmapped-headers", level: .error,
            summary: "The program headers are not loaded, and the C library needs them",
            rationale:
                "The kernel tells a program the address of its program headers (AT_PHDR), and 0 if no part of the file that is loaded "
                + "holds them. The start code of musl reads them there, and the program is killed by SIGSEGV. That of glibc then "
                + "looks behind the file header, and needs at least their page in memory.",
            detection:
                "No PT_LOAD holds the start of the program header table, and the program starts in C code: it is a Go program that an "
                + "external linker made; or a compiler left its name in .comment; or it has thread-local data or the note by "
                + "which glibc tells the kernel that it needs.",
            limits:
                "A C program that nothing shows to be one. C without a C library is refused, although it may start. Programs of Go's own "
                + "linker do not read the table.",
            remedy: "Link without -n and -N (-nmagic, -omagic), and do not move the table in a finished program.",
            reference: "Linux fs/binfmt_elf.c (phdr_addr); getauxval(3)"),
        reads: Headers.self, Linkage.self, Notes.self, SourceLanguage.self, GoFunctions.self
    ) { headers, linkage, notes, language, functions in
        let table = headers.header.programHeaderOffset
        let isGlibc = notes.minimumKernel != nil
        let isLoaded = headers.loads.contains { load in
            guard let range = load.fileRange else { return false }
            // The kernel maps whole pages, but tells the address only of what is in the segment.
            let page: UInt64 = isGlibc ? 0xfff : 0
            return range.lowerBound & ~page <= table
                && table < range.upperBound.addingReportingOverflow(page).partialValue & ~page
        }
        guard linkage.isStatic, !isLoaded else { return [] }
        let startsInC =
            functions.contains(.startMain)
            ? functions.entries.isEmpty
            : [.c, .rust].contains(language) || headers.hasThreadData || isGlibc
        guard startsInC else { return [] }
        return [
            .init(
                "it is killed by SIGSEGV when it starts: the C library reads the program headers, and they are not loaded",
                evidence: "program headers at offset \(table.hex), in no PT_LOAD")
        ]
    }
}

extension Headers {
    /// Whether there is a PT_TLS.
    fileprivate var hasThreadData: Bool { segments.contains { $0.kind == .threadLocal } }
}
