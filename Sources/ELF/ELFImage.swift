package import Files

/// The headers and tables of an ELF file, as the kernel and the loader see them: an immutable value without libelf handles.
///
/// Hostile input is expected: every number from the file is checked before it is used, and all work is bounded. A file that
/// cannot be read throws. It never counts as a file without an interpreter.
public struct ELFImage: Sendable {
    /// The size of the file in bytes.
    public let size: Int
    /// The file header.
    public let header: ELFHeader
    /// The program headers; empty for relocatable objects and cores, which the kernel does not start.
    public let segments: [Segment]
    /// The path of each PT_INTERP segment; nil if it cannot be read.
    public let interpreters: [String?]
    /// One table for each PT_DYNAMIC, in order.
    public let dynamicTables: [DynamicTable]
    /// The notes of all PT_NOTE segments.
    public let notes: [Note]
    /// Whether the last PT_GNU_PROPERTY holds a note of properties that Linux can read.
    package let isPropertyReadable: Bool
    /// The section headers, up to the first that cannot be read.
    public let sections: [Section]
    /// What is wrong with the section header table; nil if it is sound, or if there is none.
    package let sectionTableDefect: SectionTableDefect?
    /// The symbols that libraries must define, in the order of the dynamic symbol table.
    public let importedSymbols: [ImportedSymbol]

    /// Enough bytes for the headers of every program that a linker writes.
    private static let headSize = 4096

    /// Reads a file in memory.
    ///
    /// - Parameter bytes: The whole file.
    /// - Throws: `ELFError` if the file is not ELF, or the kernel would not accept its header or program headers.
    public init(_ bytes: [UInt8]) throws(ELFError) {
        // Reading from memory does not fail, so nothing is ever assigned to this.
        var failure: FileError?
        self = try ELFImage.image(of: MemoryFile(bytes), head: bytes.prefix(ELFImage.headSize), &failure).get()
    }

    /// Reads only the headers and tables of a file.
    ///
    /// - Returns: The image, or why the kernel would not accept the file.
    package static func reading<Source: ByteSource & ~Copyable>(
        _ source: borrowing Source
    ) throws(FileError) -> Result<ELFImage, ELFError> {
        let head = try source.slice((0..<source.size).prefix(headSize))
        var failure: FileError?
        let image = image(of: source, head: head, &failure)
        if let failure { throw failure }
        return image
    }

    /// Reads a file whose first bytes are known.
    ///
    /// - Parameter failure: Set if a later part of the file cannot be read; the result then means nothing.
    private static func image<Source: ByteSource & ~Copyable>(
        of source: borrowing Source, head: ArraySlice<UInt8>, _ failure: inout FileError?
    ) -> Result<ELFImage, ELFError> {
        do throws(ELFError) {
            func read(_ range: Range<Int>) -> ArraySlice<UInt8>? {
                if range.upperBound <= head.count { return head[range.shifted(by: head.startIndex)] }
                guard range.upperBound <= source.size else { return nil }
                do throws(FileError) { return try source.slice(range) } catch {
                    failure = error
                    return nil
                }
            }
            let header = try ELFHeader(head, fileSize: source.size)
            try header.checkSectionCount(head, read: read)
            let parts = try source.withHandle { (handle) throws(ELFError) in
                try ImageParts(handle, header, fileSize: source.size, read: read)
            }
            let defect = header.sectionTableDefect(head, fileSize: source.size, read: read)
            return .success(ELFImage(header, parts, sectionTableDefect: defect, size: source.size))
        } catch {
            return .failure(error)
        }
    }

    private init(_ header: ELFHeader, _ parts: ImageParts, sectionTableDefect: SectionTableDefect?, size: Int) {
        self.sectionTableDefect = sectionTableDefect
        self.size = size
        self.header = header
        segments = parts.segments
        interpreters = parts.interpreters
        dynamicTables = parts.dynamicTables
        notes = parts.notes
        isPropertyReadable = parts.isPropertyReadable
        sections = parts.sections
        importedSymbols = parts.importedSymbols
    }

    /// The ranges of the file that the kernel loads, one for each PT_LOAD, in the order of the file.
    ///
    /// Segments after which the sum of all ranges exceeds four times the file size are left out: no linker maps the same
    /// bytes that often. This bounds the work of a search by the size of the file.
    package var loads: [LoadedRange] {
        var left = 4 * size
        return segments.filter { $0.kind == .load }.compactMap { segment in
            let range = segment.range(inFileOf: size) ?? 0..<0
            left -= range.count
            return left < 0 ? nil : LoadedRange(segment: segment, range: range)
        }
    }

    /// How many PT_LOAD segments are left out of ``loads``.
    package var omittedLoadCount: Int { segments.count { $0.kind == .load } - loads.count }
}

extension ELFImage {
    /// The addresses of some symbols, by name; empty for a stripped file.
    ///
    /// The symbol table is found through section headers, which can lie: it may explain or warn, never make a file ready.
    package func addresses<Source: ByteSource & ~Copyable>(
        ofSymbols wanted: Set<String>, in source: borrowing Source
    ) -> [String: UInt64] {
        (try? source.withHandle { $0.addresses(ofSymbols: wanted) }) ?? [:]
    }

    /// What the symbol table says about the entry point; nil for a stripped file.
    package func entrySymbols<Source: ByteSource & ~Copyable>(in source: borrowing Source) -> EntrySymbols? {
        (try? source.withHandle { $0.symbols(atEntry: header.entry) }) ?? nil
    }

    /// The name of the symbol that covers an address; nil if the symbol table has none.
    package func symbol<Source: ByteSource & ~Copyable>(
        covering address: UInt64, in source: borrowing Source
    ) -> String? { (try? source.withHandle { $0.symbol(covering: address) }) ?? nil }
}

/// What a symbol table says about the entry point of its program.
package struct EntrySymbols: Sendable {
    /// The address of the symbol with which linkers begin programs: `_start`, `__start` or Go's `_rt0_*_linux`.
    package let start: UInt64
    /// Whether a global function lies at the entry point.
    package let isAtGlobalFunction: Bool
}

extension Range<Int> {
    fileprivate func shifted(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}

extension Segment {
    /// The range in a file of some size; nil if the file ends before the range does.
    func range(inFileOf size: Int) -> Range<Int>? {
        guard let range = fileRange, range.upperBound <= UInt64(size) else { return nil }
        return Int(range.lowerBound)..<Int(range.upperBound)
    }
}
