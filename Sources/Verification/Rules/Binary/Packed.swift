import ELF

extension Rule {
    /// A packed file shows two segments and nothing of what is inside, whether that is static or not.
    static let packed = Rule(
        RuleDocument(
            identifier: "packed",
            level: .error,
            summary: "The file is packed, and hides what it is",
            rationale:
                "A packer leaves a small loader and compressed bytes. The interpreter and the libraries that the program asks"
                + " for appear only when it runs, and where they are missing it ends without a word (exit code 127).",
            detection:
                "The mark of UPX at both ends of the file; or no sections at all and an executable segment whose byte values are"
                + " spread nearly as evenly as random ones; or PT_LOADs"
                + " that map the same bytes over and over; or, for a file that go built a moment ago, no line table.",
            limits: "A packer that leaves no mark and keeps section headers, or spreads its data.",
            remedy: "Verify the program before it is packed, or ship it unpacked: image layers are compressed anyway.",
            reference: "https://upx.github.io")
    ) { subject in
        guard let image = subject.image, image.header.isProgramOrSharedObject else { return [] }
        if let evidence = image.packerMark ?? image.randomCode ?? image.repeatedLoads ?? subject.missingLineTable {
            return [
                .init("nothing shows whether the program inside needs an interpreter or libraries", evidence: evidence)
            ]
        }
        return []
    }
}

extension Subject {
    /// The runtime of every Go program stops at once when its line table is not there.
    fileprivate var missingLineTable: String? {
        isGoBuild && lineTable == nil ? "no Go line table (pclntab) in the loaded segments" : nil
    }
}

extension ELFImage {
    /// UPX writes its mark into the header of its loader, near the start, and again near the end of the file.
    fileprivate var packerMark: String? {
        let mark = Array("UPX!".utf8)
        let places = [bytes(in: 0..<min(size, 512)), bytes(in: max(0, size - 64)..<size)]
        guard places.allSatisfy({ $0?.firstOffset(of: mark) != nil }) else { return nil }
        return "the mark 'UPX!' near the start and the end of the file"
    }

    /// Segments that were left out of the search for code.
    fileprivate var repeatedLoads: String? {
        let count = segments.count { $0.kind == .load }
        return omittedLoadCount > 0 ? "\(count) PT_LOADs map the bytes of the file more than four times over" : nil
    }

    /// Compressed bytes are as good as random, and machine code is far from it: it repeats zeros and common opcodes.
    fileprivate var randomCode: String? {
        guard sections.isEmpty else { return nil }
        let code = loads.filter { $0.flags.contains(.executable) && $0.bytes.count >= 4096 }
        guard let found = code.first(where: { $0.bytes.repetition < 2 }) else { return nil }
        return "no sections, and an executable segment of \(found.bytes.count) bytes that are as good as random"
    }
}

extension ArraySlice<UInt8> {
    fileprivate func firstOffset(of run: [UInt8]) -> Int? {
        indices.first { self[$0...].starts(with: run) }
    }

    /// How much likelier than chance two bytes are equal (the index of coincidence): near 1 for random bytes.
    fileprivate var repetition: Double {
        var counts = [Double](repeating: 0, count: 256)
        for byte in self { counts[Int(byte)] += 1 }
        let size = Double(count)
        return counts.reduce(0) { $0 + $1 * $1 } * 256 / (size * size)
    }
}
