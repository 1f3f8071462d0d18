import ELF
import Files
import GoBinary

/// What was read of a file.
struct FileEvidence: Sendable {
    let content: Subject.Content
    var ends: FileEnds?
    var go: GoEvidence?
    var cLibrary: CLibrary?
    var code: CodeBytes?
    var entrySymbols: EntrySymbols?
    var language: SourceLanguage?
}

/// Reads the evidence that the rules in force declare, and nothing else. It is the only reader of files, in memory or open.
///
/// If the headers of a file already make it not ready, the rest is not read. For a Go program without C code at a fixed address the
/// headers, the writable data and the names of the line table are enough. The loaded bytes of every other program are
/// searched piece by piece.
struct EvidenceReader {
    /// What the rules in force read.
    let reading: Reading
    /// Whether to look for Go's tables by section headers first, so that most Go programs need not be searched. Sections are
    /// not trusted: the program's own data must contain the address of the table.
    let asksSections: Bool

    /// The size up to which a damaged file is read whole, in bytes. A larger one is not ready.
    private static let maximumDamagedSize = 32 << 20

    /// Reads a file.
    ///
    /// - Parameter isRefused: Returns whether the headers and tables already make the file not ready.
    func read<Source: ByteSource & ~Copyable>(
        _ source: borrowing Source, isRefused: (FileEvidence) -> Bool
    ) throws(FileError) -> FileEvidence {
        switch try ELFImage.reading(source) {
        case .success(let image): return try read(image, source, isRefused)
        case .failure(let error) where error.reason == .notELF:
            return FileEvidence(content: .other(FileFormat(of: Array(try source.slice(0..<min(8, source.size))))))
        case .failure(let error):
            // libelf finds more of a damaged file in memory than through a descriptor.
            guard !source.isInMemory, source.size <= EvidenceReader.maximumDamagedSize else {
                return FileEvidence(content: .malformed(error))
            }
            return try read(MemoryFile(Array(try source.slice(0..<source.size))), isRefused: isRefused)
        }
    }

    private func read<Source: ByteSource & ~Copyable>(
        _ image: ELFImage, _ source: borrowing Source, _ isRefused: (FileEvidence) -> Bool
    ) throws(FileError) -> FileEvidence {
        var evidence = FileEvidence(content: .image(image))
        if reading.contains(.ends) { evidence.ends = try FileEnds(of: source) }
        if reading.contains(.entrySymbols), Linkage(image).isStatic {
            evidence.entrySymbols = image.entrySymbols(in: source)
        }
        if reading.contains(.language), !image.hasGoMarks {
            evidence.language = try SourceLanguage(of: image, in: source)
        }
        let code = image.sections.isEmpty && image.header.isProgramOrSharedObject ? reading.intersection(.code) : []
        if asksSections {
            if reading.contains(.goTables), image.hasGoMarks {
                evidence.go = GoEvidence(
                    try GoTables(ofMarked: image, withSizes: reading.contains(.functionSizes), in: source),
                    of: image.header)
            }
            // A static program may have further errors in its other bytes, and a file without sections in its code.
            if code.isEmpty, !Linkage(image).isStatic, evidence.go?.lineTable != nil || !image.hasGoMarks,
                isRefused(evidence)
            {
                return evidence
            }
            let mayHoldC = evidence.mayHoldC(image)
            guard !code.isEmpty || mayHoldC || evidence.go?.lineTable == nil else { return evidence }
            try search(for: reading.intersection([.goTables, .cLibrary]).union(code), image, source, &evidence)
        } else {
            // A file in memory can be searched again, once it is known whether the program contains C code.
            try search(for: reading.intersection(.goTables).union(code), image, source, &evidence)
            if evidence.mayHoldC(image) {
                try search(for: reading.intersection(.cLibrary), image, source, &evidence)
            }
        }
        return evidence
    }

    /// Searches the bytes that the kernel loads. Only what is found stays in memory.
    private func search<Source: ByteSource & ~Copyable>(
        for wanted: Reading, _ image: ELFImage, _ source: borrowing Source, _ evidence: inout FileEvidence
    ) throws(FileError) {
        guard !wanted.isEmpty else { return }
        let symbols =
            wanted.contains(.cLibrary) ? image.addresses(ofSymbols: CFunction.names, in: source) : [:]
        var marks = CMarks(of: image, symbols: symbols)
        var places = LineTablePlaces(of: image)
        var code = CodeBytes()
        for (index, load) in image.loads.enumerated() {
            try load.forEachPiece(
                of: source, overlap: max(LineTablePlaces.overlap, CText.maximumCount, LinkedLibrary.maximumCount)
            ) { piece in
                if wanted.contains(.goTables) { places.look(at: piece, ofLoad: index) }
                if wanted.contains(.cLibrary) { marks.look(at: piece) }
                if wanted.contains(.code) { code.look(at: piece, ofLoad: index) }
                return true
            }
        }
        if wanted.contains(.goTables) {
            evidence.go = GoEvidence(
                try GoTables(of: image, at: places, withSizes: reading.contains(.functionSizes), in: source),
                of: image.header)
        }
        if wanted.contains(.code) { evidence.code = code }
        if wanted.contains(.cLibrary), evidence.mayHoldC(image) {
            evidence.cLibrary = CLibrary(marks, isC: evidence.isC)
        }
    }
}

extension FileEvidence {
    /// Whether a static program may contain C code: it is not a Go program, or it uses cgo.
    fileprivate var isC: Bool { go?.lineTable == nil || go?.functions.contains(.panicFromC) == true }

    /// Whether there may be traces of the C library: in static C code, and in every static-pie, which it may relocate.
    fileprivate func mayHoldC(_ image: ELFImage) -> Bool {
        Linkage(image).isStatic && (image.header.type == .dynamic || isC)
    }
}
