import FoundationEssentials

/// Splits a Dockerfile into instructions: continued lines, comments, here-documents, JSON arrays.
struct DockerfileScanner {
    private let lines: [Substring]
    private var next = 0
    private var escape: Character = "\\"

    /// The longest file that is read, in bytes.
    static let maximumSize = 1 << 20

    static func instructions(of text: String) throws(DockerfileError) -> [Dockerfile.Instruction] {
        guard text.utf8.count <= maximumSize else { throw DockerfileError(.tooLong(limit: maximumSize)) }
        var scanner = DockerfileScanner(text)
        var instructions: [Dockerfile.Instruction] = []
        while let instruction = try scanner.instruction() { instructions.append(instruction) }
        return instructions
    }

    private init(_ text: String) {
        // Some editors on Windows write a byte order mark first.
        let text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        // Parser directives come before everything else.
        for line in lines {
            guard line.first == "#" else { break }
            let parts = line.dropFirst().split(separator: "=", maxSplits: 1).map {
                $0.filter { $0 != " " }.lowercased()
            }
            guard parts.count == 2, parts[0].allSatisfy(\.isLetter) else { break }
            if parts[0] == "escape", let character = parts[1].first { escape = character }
        }
    }

    /// A character and its place in the file.
    private typealias Placed = (character: Character, place: Dockerfile.Place)

    private mutating func instruction() throws(DockerfileError) -> Dockerfile.Instruction? {
        var characters: [Placed] = []
        var isContinued = false
        while next < lines.count {
            let number = next + 1
            let line = lines[next]
            next += 1
            let isBlank = line.allSatisfy { $0 == " " || $0 == "\t" }
            // Comments do not end a continued instruction, and builders still accept empty lines in it.
            if isBlank || line.first(where: { $0 != " " && $0 != "\t" }) == "#" { continue }
            var content = line[...]
            let trimmed = content.reversed().drop { $0 == " " || $0 == "\t" }
            isContinued = trimmed.first == escape
            if isContinued { content = content.prefix(trimmed.count - 1) }
            for (index, character) in content.enumerated() {
                characters.append((character, .init(line: number, column: index + 1)))
            }
            characters.append((" ", .init(line: number, column: content.count + 1)))
            if !isContinued { break }
        }
        guard characters.contains(where: { $0.character != " " && $0.character != "\t" }) else { return nil }
        return try instruction(of: characters)
    }

    private mutating func instruction(of characters: [Placed]) throws(DockerfileError) -> Dockerfile.Instruction {
        let all = DockerfileScanner.words(of: characters)
        guard let keyword = all.first, keyword.text.allSatisfy(\.isLetter) else {
            throw DockerfileError(.notAnInstruction(all.first?.text ?? ""), line: characters.first?.place.line)
        }
        let flags = all.dropFirst().prefix { $0.text.hasPrefix("--") }
        var words = Array(all.dropFirst(1 + flags.count))
        let start = words.first?.place
        let body = characters.drop { $0.place < (start ?? .init(line: .max, column: 0)) }
        var text = String(body.map(\.character))
        let capitals = keyword.text.uppercased()
        let members = DockerfileScanner.members(of: text)
        if let members, let start { words = members.map { .init($0, at: start) } }
        if ["RUN", "COPY", "ADD"].contains(capitals) { text += try hereDocuments(in: text, from: keyword.place) }
        return Dockerfile.Instruction(
            keyword: capitals, place: keyword.place, flags: Array(flags), words: words, isJSON: members != nil,
            text: text)
    }

    /// The words, split at blanks outside quotes.
    private static func words(of characters: [Placed]) -> [Dockerfile.Word] {
        var words: [Dockerfile.Word] = []
        var current = ""
        var start: Dockerfile.Place?
        var quote: Character?
        for (character, place) in characters {
            let isBlank = character == " " || character == "\t"
            if isBlank, quote == nil {
                if let begin = start { words.append(.init(current, at: begin)) }
                current = ""
                start = nil
                continue
            }
            if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            }
            if start == nil { start = place }
            current.append(character)
        }
        if let start { words.append(.init(current, at: start)) }
        return words
    }

    /// The members of a JSON array of strings; nil for anything else, which builders pass to a shell.
    private static func members(of text: String) -> [String]? {
        guard text.first(where: { $0 != " " }) == "[" else { return nil }
        return try? JSONDecoder().decode([String].self, from: Data(text.utf8))
    }

    /// Reads the lines of `<<EOF` documents, which belong to the instruction.
    private mutating func hereDocuments(in text: String, from place: Dockerfile.Place) throws(DockerfileError) -> String
    {
        var body = ""
        for word in text.split(separator: " ") where word.hasPrefix("<<") && !word.hasPrefix("<<<") {
            let stripped = word.dropFirst(2).drop { $0 == "-" }
            let end = stripped.filter { $0 != "\"" && $0 != "'" }
            guard !end.isEmpty, end.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { continue }
            var isOpen = true
            while isOpen, next < lines.count {
                let line = lines[next]
                next += 1
                isOpen = line.drop(while: { $0 == "\t" }) != end[...]
                if isOpen { body += "\n" + line }
            }
            guard !isOpen else { throw DockerfileError(.unendedDocument(end: end), line: place.line) }
        }
        return body
    }
}
