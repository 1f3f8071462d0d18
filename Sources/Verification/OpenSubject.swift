public import ELF
public import GoBinary

extension Subject {
    /// Reads of an open file as much as its verdict needs, and no more.
    ///
    /// The headers and the tables of the loader are enough for a file that is refused for them and bears no mark of Go; with
    /// the writable data and the names of Go's line table they are for a Go program without C. Of every other file all that
    /// the kernel loads is read. The verdict is that of the whole file.
    ///
    /// - Parameters:
    ///   - file: The file, open.
    ///   - expected: The platform that was asked for; nil accepts any Linux platform.
    /// - Throws: `FileError` where the file cannot be read, or changes meanwhile.
    public init(reading file: borrowing OpenFile, expected: Platform?) throws(FileError) {
        if let image = try? ELFImage(startOf: file),
            let subject = try? Subject.lookingFurther(image, file, expected: expected)
        {
            try file.checkUnchanged()
            self = subject
        } else {
            // Whatever it is that hinders, the whole file says it best.
            let whole = try FileSnapshot(file)
            self.init(whole.bytes, expected: expected, permissions: whole.permissions)
        }
    }

    private static func lookingFurther(
        _ image: ELFImage, _ file: borrowing OpenFile, expected: Platform?
    ) throws -> Subject {
        let permissions = file.permissions
        func subject(of image: ELFImage, _ lineTable: LineTable?) -> Subject {
            Subject(
                .image(image), buildInfo: BuildInfo(in: image), lineTable: lineTable, expected: expected,
                isGoBuild: false, permissions: permissions)
        }
        // Bytes without any section may be packed, and are looked at whole.
        if !image.sections.isEmpty || !image.header.isProgramOrSharedObject {
            if image.hasGoMarks {
                // A section can lie about where the table is; the program's own data does not.
                let image = try image.withGoTables(of: file)
                let start = subject(of: image, image.lineTableOfSection)
                if start.lineTable != nil, !start.isStaticC { return start }
            } else {
                let start = subject(of: image, nil)
                if !start.isStatic { return start }
            }
        }
        let loaded = try image.withLoads(of: file, symbols: Set(CFunction.allCases.map(\.rawValue)))
        return subject(of: loaded, LineTable(in: loaded))
    }
}
