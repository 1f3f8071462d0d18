public import ELF
package import Files

/// What the Go linker writes into a program about it: build info in writable data, and the line table.
public struct GoTables: Sendable {
    /// The build info; nil if the program has none.
    public let buildInfo: BuildInfo?
    /// The table of functions and source files; nil if the program has none.
    public let lineTable: LineTable?

    /// Reads the tables of a file in memory.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - image: Its headers.
    public init(in bytes: [UInt8], of image: ELFImage) {
        let source = MemoryFile(bytes)
        var places = LineTablePlaces(of: image)
        for (index, load) in image.loads.enumerated() {
            try? load.forEachPiece(of: source, overlap: LineTablePlaces.overlap) { piece in
                places.look(at: piece, ofLoad: index)
                return true
            }
        }
        self = (try? GoTables(of: image, at: places, withSizes: true, in: source)) ?? .none
    }

    /// No tables.
    package static let none = GoTables(buildInfo: nil, lineTable: nil)

    private init(buildInfo: BuildInfo?, lineTable: LineTable?) {
        self.buildInfo = buildInfo
        self.lineTable = lineTable
    }

    /// Reads the tables after a search for the places where a line table may begin.
    ///
    /// - Parameter withSizes: Whether the sizes of functions are read.
    package init<Source: ByteSource & ~Copyable>(
        of image: ELFImage, at places: LineTablePlaces, withSizes: Bool, in source: borrowing Source
    ) throws(FileError) {
        try self.init(of: image, at: places.offsets, mustBeReferenced: false, withSizes: withSizes, in: source)
    }

    /// Reads the tables at the offsets that section headers give.
    ///
    /// Sections can lie: a line table counts only if the program's writable data contains its address. If there is none, the
    /// caller must search the program.
    ///
    /// - Parameter withSizes: Whether the sizes of functions are read.
    package init<Source: ByteSource & ~Copyable>(
        ofMarked image: ELFImage, withSizes: Bool, in source: borrowing Source
    ) throws(FileError) {
        let starts = image.lineTableSections.map(\.lowerBound)
        let offsets = image.loads.map { load in starts.filter(load.range.contains) }
        try self.init(of: image, at: offsets, mustBeReferenced: true, withSizes: withSizes, in: source)
    }

    /// Reads the tables at the offsets where a line table may begin, which are given for each load of the image.
    ///
    /// - Parameter mustBeReferenced: Whether a line table counts only if the program's writable data contains its address.
    private init<Source: ByteSource & ~Copyable>(
        of image: ELFImage, at offsets: [[Int]], mustBeReferenced: Bool, withSizes: Bool, in source: borrowing Source
    ) throws(FileError) {
        let candidates = try LineTableCandidate.all(in: image, at: offsets, source)
        let data = try WritableData(of: image, candidates: candidates, in: source)
        buildInfo = data.buildInfo
        let own = data.lineTable ?? (mustBeReferenced ? nil : candidates.first)
        lineTable = try own.map { candidate throws(FileError) in
            try LineTable(candidate, withSizes: withSizes, in: source)
        }
    }
}

extension ELFImage {
    /// Whether a section or note says that Go built the file. They can be stripped or lie.
    package var hasGoMarks: Bool {
        !lineTableSections.isEmpty || notes.contains { $0.owner == "Go" }
            || sections.contains { $0.name == ".go.buildinfo" }
    }

    /// The ranges of line tables by section headers. No linker writes two, so at most two are tried.
    fileprivate var lineTableSections: [Range<Int>] {
        sections.lazy.filter { $0.name == ".gopclntab" || $0.name == ".data.rel.ro.gopclntab" }.prefix(2)
            .compactMap { $0.range(inFileOf: size) }
    }
}
