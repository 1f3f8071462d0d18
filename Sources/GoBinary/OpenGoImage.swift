public import ELF
public import Files

/// What is read of a Go program that is open.
extension ELFImage {
    /// Whether sections or a note say that Go made the file. They can be stripped or lie.
    public var hasGoMarks: Bool {
        !lineTablePlaces.isEmpty || notes.contains { $0.owner == "Go" }
            || sections.contains { $0.name == ".go.buildinfo" }
    }

    /// The image with what Go keeps in its writable data, and the names of the line table, where a section says that it is.
    public func withGoTables(of file: borrowing OpenFile) throws(FileError) -> ELFImage {
        try withGoTables(of: file, at: lineTablePlaces.map(\.lowerBound))
    }

    /// The image with what Go keeps in its writable data, and the names of the line tables at some places of the file.
    public func withGoTables(of file: borrowing OpenFile, at places: [Int]) throws(FileError) -> ELFImage {
        let starts = places.map { ($0..<size).prefix(128) }
        let image = try withWritableLoads(of: file).with(starts, of: file)
        return try image.with(
            starts.compactMap { start in
                guard let bytes = image.bytes(in: start), let size = LineTable.sizeOfNames(bytes, in: image),
                    size <= UInt64(self.size - start.lowerBound)
                else { return nil }
                return start.lowerBound..<start.lowerBound + Int(size)
            }, of: file)
    }

    /// The line table at the place that a section says, where the program's own data says so too.
    public var lineTableOfSection: LineTable? {
        lineTablePlaces.lazy.compactMap { LineTable(in: self, referencedAt: $0.lowerBound) }.first
    }

    /// Where sections say that a line table lies; no linker writes two, and no more than two are asked.
    private var lineTablePlaces: [Range<Int>] {
        sections.lazy.filter { $0.name == ".gopclntab" || $0.name == ".data.rel.ro.gopclntab" }.prefix(2)
            .compactMap { $0.range(inFileOf: size) }
    }
}
