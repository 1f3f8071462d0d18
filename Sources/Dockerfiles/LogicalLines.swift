/// The lines of a Dockerfile as builders join them: without comments, and with continued lines in one.
///
/// Source: `Parse` in BuildKit's frontend/dockerfile/parser/parser.go, and directives.go beside it.
struct LogicalLines {
    /// A character and its place in the file.
    struct Placed {
        let scalar: Unicode.Scalar
        let line: Int32
        let column: Int32

        var place: Dockerfile.Place { .init(line: Int(line), column: Int(column)) }
    }

    private typealias Line = Substring.UnicodeScalarView

    private let lines: [Line]
    private var position = 0
    private var directives: Directives? = .init()
    /// The character that continues a line: a backslash, or what `# escape=` says.
    private(set) var escape: Unicode.Scalar = "\\"

    init(_ text: String) {
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Substring($0).unicodeScalars }
        // Some editors on Windows write a byte order mark first.
        if let first = lines.first, first.first == "\u{feff}" { lines[0] = first.dropFirst() }
        self.lines = lines
    }

    /// The next line that is not empty.
    mutating func next() throws(DockerfileError) -> [Placed]? {
        while position < lines.count {
            let line = lines[position].withoutLineEnd
            let content = line.drop { $0.isBlank }
            position += 1
            try readDirective(content)
            if content.first == "#" { continue }
            var joined: [Placed] = []
            var isContinued = append(content, of: line, to: &joined)
            while isContinued, position < lines.count {
                let line = lines[position].withoutLineEnd
                position += 1
                // Comments do not end a continued line, and builders still accept empty lines in it.
                let first = line.first { !$0.isBlank }
                guard let first, first != "#" else { continue }
                isContinued = append(line, of: line, to: &joined)
            }
            if joined.contains(where: { !$0.scalar.isBlank }) { return joined }
        }
        return nil
    }

    /// Appends a line without the character that continues it.
    ///
    /// - Returns: Whether the line is continued. Two escape characters at the end do not continue it.
    private func append(_ content: Line, of line: Line, to joined: inout [Placed]) -> Bool {
        var content = content
        let visible = content.prefix(content.count - content.reversed().prefix { $0 == " " || $0 == "\t" }.count)
        let isContinued = visible.last == escape && visible.dropLast().last != escape
        if isContinued { content = visible.dropLast() }
        var column = Int32(line.distance(from: line.startIndex, to: content.startIndex))
        for scalar in content {
            column += 1
            joined.append(Placed(scalar: scalar, line: Int32(position), column: column))
        }
        return isContinued
    }

    /// The text of a here-document, up to its end.
    mutating func text(of document: HereDocument) -> String? {
        var text = ""
        while position < lines.count {
            let line = lines[position].withoutLineEnd
            position += 1
            let end = document.stripsTabs ? line.drop { $0 == "\t" } : line
            if String(Substring(end)) == document.name { return text }
            text += String(Substring(document.stripsTabs ? end : line)) + "\n"
        }
        return nil
    }
}

extension LogicalLines {
    /// The parser directives, which come before everything else.
    private struct Directives {
        var seen: Set<String> = []
    }

    private mutating func readDirective(_ content: Line) throws(DockerfileError) {
        guard directives != nil else { return }
        guard let (name, value) = LogicalLines.directive(in: content) else {
            directives = nil
            return
        }
        guard directives?.seen.insert(name).inserted == true else {
            throw DockerfileError(.repeatedDirective(name), line: position)
        }
        guard name == "escape" else { return }
        guard value == "\\" || value == "`", let character = value.unicodeScalars.first else {
            throw DockerfileError(.wrongEscape(value), line: position)
        }
        escape = character
    }

    /// The name and the value of `# name = value`, for the names that builders know.
    private static func directive(in content: Line) -> (name: String, value: String)? {
        guard content.first == "#", let equals = content.firstIndex(of: "=") else { return nil }
        let name = String(Substring(content[..<equals].dropFirst().trimmed)).lowercased()
        let value = String(Substring(content[content.index(after: equals)...].trimmed))
        return ["syntax", "escape", "check"].contains(name) && !value.isEmpty ? (name, value) : nil
    }
}

extension Substring.UnicodeScalarView {
    /// The line without the carriage returns at its end.
    fileprivate var withoutLineEnd: Self { prefix(count - reversed().prefix { $0 == "\r" }.count) }

    fileprivate var trimmed: Self {
        let start = drop { $0.isBlank }
        return start.prefix(start.count - start.reversed().prefix { $0.isBlank }.count)
    }
}

extension Unicode.Scalar {
    /// Whether builders take it for a blank.
    ///
    /// Source: unicode.IsSpace of Go.
    var isBlank: Bool { value < 0x80 ? value == 0x20 || (0x9...0xd).contains(value) : properties.isWhitespace }
}
