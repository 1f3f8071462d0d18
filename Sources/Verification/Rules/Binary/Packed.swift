import ELF
import GoBinary

extension Rule {
    /// A packed file shows two segments and nothing of the program inside.
    static let packed = Rule(
        RuleDocument(
            identifier: "packed", level: .error,
            summary: "The file is packed, and hides what it is",
            rationale:
                "A packer leaves a small loader and compressed bytes. The interpreter and the libraries that the "
                + "program asks for appear only when it runs, and if they are missing it ends without a message (exit "
                + "code 127).",
            detection:
                "The mark of UPX at both ends of the file; or no sections and an executable segment whose byte values"
                + " are distributed nearly as evenly as random ones; or PT_LOADs that map the same bytes again and "
                + "again; or, for a file that go just built, no line table.",
            limits:
                "A packer that leaves no mark and keeps section headers, or spreads its data.",
            remedy:
                "Verify the program before it is packed, or ship it unpacked: image layers are compressed anyway.",
            reference: "https://upx.github.io"),
        reads: Headers.self, FileEnds.self, CodeBytes?.self, LineTable?.self, Expectation.self
    ) { headers, ends, code, lineTable, expected in
        guard headers.header.isProgramOrSharedObject else { return [] }
        let evidence =
            if ends.haveMark {
                "the mark 'UPX!' near the start and the end of the file"
            } else if let size = code?.sizeOfRandomCode {
                "no sections, and an executable segment of \(size) bytes that are as good as random"
            } else if headers.omittedLoadCount > 0 {
                "\(headers.loads.count) PT_LOADs map the bytes of the file more than four times over"
            } else if expected.isGoBuild && lineTable == nil {
                // The runtime of every Go program stops at once if its line table is missing.
                "no Go line table (pclntab) in the loaded segments"
            } else {
                ""
            }
        guard !evidence.isEmpty else { return [] }
        return [
            .init("nothing shows whether the program inside needs an interpreter or libraries", evidence: evidence)
        ]
    }
}

extension FileEnds {
    /// UPX writes its mark into the header of its loader, near the start, and again near the end of the file.
    fileprivate var haveMark: Bool {
        let mark = Array("UPX!".utf8)
        return start.holds(mark) && end.holds(mark)
    }
}
