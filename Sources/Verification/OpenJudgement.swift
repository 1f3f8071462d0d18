import ELF
public import Files
public import GoBinary

extension Policy {
    /// Reads of an open file as much as its verdict needs, and no more, and applies the rules.
    ///
    /// The headers and the tables of the loader are enough where this policy refuses the file for them and nothing says that
    /// Go made it; with the writable data and the names of Go's line table they are for a Go program without C at a fixed
    /// address. Of every other file all that the kernel loads is searched, piece by piece; one without sections, one that
    /// seems full of line tables, and one that cannot be parsed, is read whole. Sections are asked where to look, and not
    /// believed: the program's own data must hold the address of a table that one leads to.
    ///
    /// - Parameters:
    ///   - file: The file, open.
    ///   - expected: The platform that was asked for; nil accepts any Linux platform.
    /// - Throws: `FileError` where the file cannot be read, or changes meanwhile.
    public func judge(
        _ file: borrowing OpenFile, expected: Platform?
    ) throws(FileError) -> (subject: Subject, judgement: Judgement) {
        // Bytes without any section may be packed, and are looked at whole.
        if let image = try? ELFImage(startOf: file), !image.sections.isEmpty || !image.header.isProgramOrSharedObject,
            let judged = try? lookingFurther(image, file, expected: expected)
        {
            try file.checkUnchanged()
            return judged
        }
        // Whatever it is that hinders, the whole file says it best.
        let whole = try FileSnapshot(file)
        let subject = Subject(whole.bytes, expected: expected, permissions: whole.permissions)
        return (subject, judge(subject))
    }

    private func lookingFurther(
        _ image: ELFImage, _ file: borrowing OpenFile, expected: Platform?
    ) throws -> (subject: Subject, judgement: Judgement)? {
        let permissions = file.permissions
        func subject(of image: ELFImage, _ lineTable: LineTable?, marksOfC: CMarks? = nil) -> Subject {
            Subject(
                .image(image), buildInfo: BuildInfo(in: image), lineTable: lineTable, marksOfC: marksOfC,
                expected: expected, isGoBuild: false, permissions: permissions)
        }
        let start = image.hasGoMarks ? try image.withGoTables(of: file) : image
        let table = start.lineTableOfSection
        if !image.hasGoMarks || table != nil, let judged = judgeAlready(subject(of: start, table)) { return judged }
        return try searching(image, file) { subject(of: $0, $1, marksOfC: $2) }
    }

    /// Searches what is loaded, piece by piece, for what a program brings whose start decides nothing.
    ///
    /// - Returns: nil where it holds more that begins like a line table than a whole reading would look at.
    private func searching(
        _ image: ELFImage, _ file: borrowing OpenFile, _ subject: (ELFImage, LineTable?, CMarks) -> Subject
    ) throws -> (subject: Subject, judgement: Judgement)? {
        var marks = CMarks(of: image, symbols: try image.addresses(ofSymbols: CMarks.symbols, in: file))
        var places: Set<Int> = []
        try image.forEachLoadedPiece(of: file, overlap: max(LineTable.startSize, CText.maximumCount)) { piece in
            places.formUnion(LineTable.places(in: piece, of: image.header))
            marks.look(at: piece)
            return places.count <= LineTable.maximumPlaces
        }
        guard places.count <= LineTable.maximumPlaces else { return nil }
        let found = places.sorted()
        let read = try image.withGoTables(of: file, at: found)
        let subject = subject(read, LineTable(in: read, at: found), marks)
        return (subject, judge(subject))
    }

    /// Judges a subject by its start; nil where the rest of its file can matter.
    private func judgeAlready(_ start: Subject) -> (subject: Subject, judgement: Judgement)? {
        // A static program can be refused for what its other bytes say, but for Go alone at a fixed address.
        if start.isStatic {
            guard start.image?.header.type == .executable, !start.isStaticC else { return nil }
            return (start, judge(start))
        }
        let judgement = judge(start)
        return judgement.verdict == .notReady ? (start, judgement) : nil
    }
}
