public import ELF

/// What is read of a Go program that is open.
extension ELFImage {
    /// Whether sections or a note say that Go made the file. They can be stripped or lie.
    public var hasGoMarks: Bool {
        !lineTableSections.isEmpty || notes.contains { $0.owner == "Go" }
            || sections.contains { $0.name == ".go.buildinfo" }
    }

    /// The image with what Go keeps in its writable data, and the names of the line table, where a section says that it is.
    public func withGoTables(of file: borrowing OpenFile) throws(FileError) -> ELFImage {
        let starts = lineTableSections.compactMap { section in
            section.fileRange.map { $0.lowerBound..<min($0.upperBound, $0.lowerBound + 128) }
        }
        let image = try withWritableLoads(of: file).with(starts, of: file)
        return try image.with(
            starts.compactMap { start in
                guard let bytes = image.bytes(in: Int(start.lowerBound)..<Int(start.upperBound)) else { return nil }
                return LineTable.sizeOfNames(bytes, in: image).map { start.lowerBound..<start.lowerBound + $0 }
            }, of: file)
    }

    /// The line table at the place that a section says, where the program's own data says so too.
    public var lineTableOfSection: LineTable? {
        lineTableSections.lazy.compactMap { LineTable(in: self, at: Int(clamping: $0.offset)) }.first
    }

    private var lineTableSections: [Section] {
        sections.filter { $0.name == ".gopclntab" || $0.name == ".data.rel.ro.gopclntab" }
    }
}
