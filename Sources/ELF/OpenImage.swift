/// An ELF file of which no more is read than is asked for, as long as it is open.
extension ELFImage {
    /// What is read of a file at once: enough for the headers of every program that a linker makes.
    private static let headSize = 4096

    /// Reads what the kernel and the loader read before a program starts: its headers, tables and names.
    ///
    /// - Throws: `ELFError` as for a file in memory; `FileError`.
    public init(startOf file: borrowing OpenFile) throws {
        var content = FileContent(size: file.size)
        let head = try file.bytes(in: (0..<file.size).prefix(ELFImage.headSize))
        content.add(head, at: 0)
        content.add(try file.bytes(in: max(0, file.size - 64)..<file.size), at: max(0, file.size - 64))
        let header = try ELFHeader(head, fileSize: file.size)
        var failure: FileError?
        let parts = try file.withHandle { (handle) throws(ELFError) in
            try ImageParts(handle, header, fileSize: file.size) { range in
                if let bytes = content.bytes(in: range) { return bytes }
                guard range.upperBound <= file.size else { return nil }
                do throws(FileError) {
                    return try file.bytes(in: range)[...]
                } catch {
                    failure = error
                    return nil
                }
            }
        }
        if let failure { throw failure }
        self.init(header, parts, content)
        knownSymbols = [:]
    }

    /// The image with the bytes of some ranges of the file.
    public func with(_ ranges: [Range<Int>], of file: borrowing OpenFile) throws(FileError) -> ELFImage {
        var image = self
        try image.read(ranges, of: file)
        return image
    }

    /// The image with all that the program can write to, where Go keeps what it says of itself.
    public func withWritableLoads(of file: borrowing OpenFile) throws(FileError) -> ELFImage {
        try with(loadRanges.filter { $0.segment.flags.contains(.writable) }.map(\.range), of: file)
    }

    /// The image with all that the kernel loads, and the places of some symbols.
    public func withLoads(of file: borrowing OpenFile, symbols: Set<String>) throws -> ELFImage {
        var image = try with(loadRanges.map(\.range), of: file)
        image.knownSymbols = try file.withHandle { $0.addresses(ofSymbols: symbols) }
        return image
    }

    /// Reads ranges, each byte once however often they overlap.
    private mutating func read(_ ranges: [Range<Int>], of file: borrowing OpenFile) throws(FileError) {
        var merged: [Range<Int>] = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        for range in merged where content.bytes(in: range) == nil {
            content.add(try file.bytes(in: range), at: range.lowerBound)
        }
    }
}
