import FoundationEssentials
import Text

/// Splits a Dockerfile into instructions: flags, words, JSON arrays, here-documents.
///
/// Source: BuildKit's frontend/dockerfile/parser/split_command.go and line_parsers.go.
struct DockerfileScanner {
    private var lines: LogicalLines

    /// The longest file that is read, in bytes.
    static let maximumSize = 1 << 20

    /// The instructions that builders know.
    static let keywords = [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
        "ONBUILD",
        "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ]

    /// Those that have flags. BuildKit's instructions/parse.go refuses flags of all others.
    private static let keywordsWithFlags: Set = ["ADD", "COPY", "FROM", "HEALTHCHECK", "RUN"]

    /// The instructions of a text, and the character that escapes.
    static func instructions(
        of text: String
    ) throws(DockerfileError) -> (instructions: [Dockerfile.Instruction], escape: Unicode.Scalar) {
        guard text.utf8.count <= maximumSize else { throw DockerfileError(.tooLong(limit: maximumSize)) }
        var scanner = DockerfileScanner(lines: LogicalLines(text))
        var instructions: [Dockerfile.Instruction] = []
        while let line = try scanner.lines.next() {
            var instruction = try scanner.instruction(of: line[...], isTrigger: false)
            try scanner.readDocuments(of: line, into: &instruction)
            instructions.append(instruction)
        }
        return (instructions, scanner.lines.escape)
    }

    private typealias Characters = ArraySlice<LogicalLines.Placed>

    private func instruction(
        of line: Characters, isTrigger: Bool
    ) throws(DockerfileError) -> Dockerfile.Instruction {
        let line = line.drop { $0.isBlank }
        guard let place = line.first?.place else { throw DockerfileError(.notAnInstruction("")) }
        let word = line.prefix { !$0.isBlank }
        let keyword = word.text.uppercased()
        guard DockerfileScanner.keywords.contains(keyword) else {
            throw DockerfileError(.notAnInstruction(word.text), line: place.line)
        }
        if isTrigger, ["ONBUILD", "FROM", "MAINTAINER"].contains(keyword) {
            throw DockerfileError(.notATrigger(keyword), line: place.line)
        }
        var rest = line[word.endIndex...]
        let flags = takeFlags(from: &rest)
        if let flag = flags.first, !DockerfileScanner.keywordsWithFlags.contains(keyword) {
            throw DockerfileError(.notAFlag(flag.text, of: keyword), line: flag.place.line)
        }
        var instruction = Dockerfile.Instruction(
            keyword: keyword, place: place, flags: flags, text: rest.trimmed.text)
        if keyword == "ONBUILD", !rest.trimmed.isEmpty {
            instruction.triggers = [try self.instruction(of: rest, isTrigger: true)]
        }
        try split(rest.trimmed, into: &instruction)
        return instruction
    }

    /// Takes the words that begin with `--`, without their quotes. `--` alone ends them.
    private func takeFlags(from rest: inout Characters) -> [Dockerfile.Word] {
        var flags: [Dockerfile.Word] = []
        while true {
            rest = rest.drop { $0.isBlank }
            guard rest.prefix(2).text == "--", let place = rest.first?.place else { return flags }
            let (flag, end) = DockerfileScanner.word(at: rest, escape: lines.escape, keepsQuotes: false)
            rest = rest[end...]
            if flag == "--" { return flags }
            flags.append(.init(flag, at: place))
        }
    }

    /// Splits the text behind the flags as the instruction does.
    private func split(
        _ rest: Characters, into instruction: inout Dockerfile.Instruction
    ) throws(DockerfileError) {
        guard let place = rest.first?.place else { return }
        switch instruction.keyword {
        case "ADD", "COPY", "VOLUME", "CMD", "ENTRYPOINT", "RUN", "SHELL":
            if let members = try DockerfileScanner.members(of: rest) {
                instruction.isJSON = true
                instruction.words = members.map { .init($0, at: place) }
            } else {
                instruction.words = DockerfileScanner.words(of: rest)
            }
        case "HEALTHCHECK":
            instruction.words = DockerfileScanner.words(of: rest)
            let command = rest.drop { !$0.isBlank }.drop { $0.isBlank }
            guard let start = command.first?.place, let members = try DockerfileScanner.members(of: command) else {
                return
            }
            instruction.isJSON = true
            instruction.words = instruction.words.prefix(1) + members.map { .init($0, at: start) }
        case "ENV", "ARG", "LABEL":
            var rest = rest
            while let place = rest.first?.place {
                let (word, end) = DockerfileScanner.word(at: rest, escape: lines.escape, keepsQuotes: true)
                instruction.words.append(.init(word, at: place))
                rest = rest[end...].drop { $0.isBlank }
            }
        case "USER", "WORKDIR", "STOPSIGNAL", "MAINTAINER": instruction.words = [.init(rest.text, at: place)]
        default: instruction.words = DockerfileScanner.words(of: rest)
        }
    }

    /// The words, split at blanks. Quotes join nothing here: builders split before they look at quotes.
    private static func words(of rest: Characters) -> [Dockerfile.Word] {
        rest.split { $0.isBlank }.map { word in .init(word.text, at: word[word.startIndex].place) }
    }

    /// A word up to the next blank outside quotes.
    private static func word(
        at rest: Characters, escape: Unicode.Scalar, keepsQuotes: Bool
    ) -> (text: String, end: Int) {
        var text = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        var index = rest.startIndex
        while index < rest.endIndex {
            let scalar = rest[index].scalar
            if quote == nil, scalar.isBlank { break }
            index += 1
            if scalar == escape, !(keepsQuotes && quote == "'"), index < rest.endIndex {
                if keepsQuotes { text.append(scalar) }
                text.append(rest[index].scalar)
                index += 1
                continue
            }
            let isQuote = quote == nil ? scalar == "\"" || scalar == "'" : scalar == quote
            if isQuote { quote = quote == nil ? scalar : nil }
            if !isQuote || keepsQuotes { text.append(scalar) }
        }
        return (String(text), index)
    }

    private struct AnyMember: Decodable {
        init(from decoder: any Decoder) {}
    }

    /// The members of a JSON array of strings; nil for anything else, which builders pass to a shell.
    ///
    /// - Throws: For an array with other members, as builders do.
    private static func members(of rest: Characters) throws(DockerfileError) -> [String]? {
        guard let first = rest.first, first.scalar == "[" else { return nil }
        let text = rest.text
        switch StringArray.content(of: text) {
        case .strings(let members): return members
        case .text: return nil
        case .otherMember:
            guard (try? JSONDecoder().decode([AnyMember].self, from: Data(text.utf8))) == nil else {
                throw DockerfileError(.notStrings, line: first.place.line)
            }
            return nil
        }
    }

    /// Reads the here-documents, whose lines follow the instruction.
    private mutating func readDocuments(
        of line: [LogicalLines.Placed], into instruction: inout Dockerfile.Instruction
    ) throws(DockerfileError) {
        let reader = instruction.triggers.first ?? instruction
        guard ["ADD", "COPY", "RUN"].contains(reader.keyword), !reader.isJSON else { return }
        for var document in HereDocument.opened(by: line[...].text) {
            guard let text = lines.text(of: document) else {
                throw DockerfileError(.unendedDocument(end: document.name), line: instruction.place.line)
            }
            document.text = text
            instruction.documents.append(document)
        }
        if !instruction.triggers.isEmpty { instruction.triggers[0].documents = instruction.documents }
    }
}

extension LogicalLines.Placed {
    fileprivate var isBlank: Bool { scalar.isBlank }
}

extension ArraySlice<LogicalLines.Placed> {
    fileprivate var text: String {
        var text = String.UnicodeScalarView()
        for character in self { text.append(character.scalar) }
        return String(text)
    }

    fileprivate var trimmed: Self {
        let start = drop { $0.isBlank }
        return start.dropLast(start.reversed().prefix { $0.isBlank }.count)
    }
}
