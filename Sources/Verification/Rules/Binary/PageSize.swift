import ELF
import GoBinary

extension Rule {
    /// Segments that need pages of 4 KiB on machines that have larger ones.
    static let pageSize = Rule(
        RuleDocument(
            identifier: "page-size", level: .warning,
            summary: "The program needs a kernel with pages of 4 KiB",
            rationale:
                "Kernels for arm64, ppc64le and loong64 are built with pages of 4, 16 or 64 KiB. A program whose segments are"
                + " laid out for 4 KiB is killed by exec on the others, or loses data, on some machines only.",
            detection:
                "On these machines, a PT_LOAD whose offset and address differ modulo 64 KiB, or two PT_LOADs that change each"
                + " other's bytes or rights on a page of 64 KiB.",
            limits: "Programs that themselves assume a page size while they run.",
            remedy:
                "Link with -z max-page-size=65536, which is the default of GNU ld, lld and Go for these machines.",
            reference: "ld(1), max-page-size; Linux fs/binfmt_elf.c, elf_map"),
        reads: Headers.self
    ) { headers in
        guard let kind = MachineKind.of(headers.header), headers.header.isProgramOrSharedObject,
            ["arm64", "loong64", "ppc64", "ppc64le"].contains(kind.goarch)
        else { return [] }
        let size: UInt64 = 1 << 16
        if let load = headers.loads.first(where: { $0.fileSize > 0 && $0.offset % size != $0.address % size }) {
            return [
                .init("exec kills it on kernels with pages of 64 KiB", evidence: load.description)
            ]
        }
        guard let (earlier, later) = LoadedPages(headers.loads, pageSize: size).conflict else { return [] }
        return [
            .init(
                "on kernels with pages of 64 KiB two segments share a page, and one takes bytes or rights from the other",
                evidence:
                    "\(headers.loads[earlier.segment].description), then \(headers.loads[later.segment].description)")
        ]
    }
}
