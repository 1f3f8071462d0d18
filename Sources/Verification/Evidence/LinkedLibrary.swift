import ELF

/// A C library that is linked into a static program, known by a text that it contains.
///
/// Many libraries contain no text of their own, musl among them: what is not found here may be there all the same.
struct LinkedLibrary: Sendable, Hashable, Comparable {
    let name: String
    /// nil if the text does not tell.
    let version: String?

    /// `zlib 1.2.13`.
    var description: String { name + (version.map { " " + $0 } ?? "") }

    static func < (left: LinkedLibrary, right: LinkedLibrary) -> Bool { left.description < right.description }

    /// A text by which a library is known. The version follows its last digit or blank.
    fileprivate struct Mark {
        let library: String
        let text: String
        /// How the version begins in the text; nil if no version follows.
        var major: String?
        /// What must follow the version.
        var end = ""

        var bytes: [UInt8] { Array(text.utf8) }
    }

    /// Sources: sqlite3ReportError in main.c of SQLite; deflate.c and inftrees.c of zlib; opensslv.h of OpenSSL 1.1 and 3; lapi.c of
    /// Lua.
    private static let marks = [
        Mark(library: "SQLite", text: "%s at line %d of [%.10s]"),
        Mark(library: "zlib", text: "deflate 1.", major: "1.", end: " Copyright 19"),
        Mark(library: "zlib", text: "inflate 1.", major: "1.", end: " Copyright 19"),
        Mark(library: "OpenSSL", text: "OpenSSL 1.", major: "1.", end: " "),
        Mark(library: "OpenSSL", text: "OpenSSL 3.", major: "3.", end: " "),
        Mark(library: "Lua", text: "$LuaVersion: Lua ", major: "", end: " "),
    ]

    fileprivate static let maximumVersion = 16

    /// The length in bytes of the longest text with its version.
    static let maximumCount = (marks.map { $0.text.utf8.count + $0.end.utf8.count }.max() ?? 0) + maximumVersion

    /// The libraries that a piece of a program's bytes names.
    static func found(in piece: LoadedBytes) -> Set<LinkedLibrary> {
        Set(marks.lazy.filter { piece.holds($0.bytes) }.flatMap { $0.libraries(in: piece.bytes) })
    }
}

extension LinkedLibrary.Mark {
    /// The library, if the text is followed by what it needs. It may be there more than once.
    fileprivate func libraries(in bytes: ArraySlice<UInt8>) -> [LinkedLibrary] {
        guard let major else { return [LinkedLibrary(name: library, version: nil)] }
        return bytes.ranges(of: self.bytes).prefix(LinkedLibrary.Mark.maximumRepetitions).compactMap { range in
            let rest = bytes[range.upperBound...].prefix(LinkedLibrary.maximumVersion)
            let version = rest.prefix(while: LinkedLibrary.Mark.isOfVersion)
            guard let first = version.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
                version.last != UInt8(ascii: "."),
                bytes[version.endIndex...].starts(with: end.utf8)
            else { return nil }
            return LinkedLibrary(name: library, version: major + String(decoding: version, as: UTF8.self))
        }
    }

    private static let maximumRepetitions = 16

    /// Digits, dots, and the letters of OpenSSL's releases (1.1.1w).
    private static func isOfVersion(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."): true
        default: false
        }
    }
}
