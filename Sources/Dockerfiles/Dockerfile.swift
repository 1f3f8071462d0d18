/// A Dockerfile, as far as what the final stage becomes depends on it.
///
/// Source: https://docs.docker.com/reference/dockerfile/
public struct Dockerfile: Sendable {
    /// The ARGs before the first FROM.
    let globalArguments: [Instruction]
    /// The stages.
    public let stages: [Stage]

    /// A stage: FROM, and all up to the next.
    public struct Stage: Sendable {
        package let from: Instruction
        /// The base as it is written, with what is known of variables filled in.
        package let base: String
        /// The name behind AS.
        public let name: String?
        package internal(set) var instructions: [Instruction] = []
    }

    /// One instruction.
    package struct Instruction: Sendable {
        /// In capitals.
        package let keyword: String
        /// Where the keyword stands.
        package let place: Place
        /// `--from=build`.
        package let flags: [Word]
        /// What is behind the flags, by blanks outside of quotes; of a JSON array, its members.
        package let words: [Word]
        /// Whether the words are those of a JSON array.
        package let isJSON: Bool
        /// All behind the keyword, with the text of here-documents.
        package let text: String

        /// The value of a flag.
        package func flag(_ name: String) -> Word? {
            flags.first { $0.text.hasPrefix("--\(name)=") }.map { flag in
                let length = name.count + 3
                return Word(String(flag.text.dropFirst(length)), at: flag.place.moved(by: length))
            }
        }
    }

    /// A word and where it stands.
    package struct Word: Sendable, Hashable {
        package let text: String
        package let place: Place

        package init(_ text: String, at place: Place) {
            self.text = text
            self.place = place
        }
    }

    /// A line and a column, each from 1.
    public struct Place: Sendable, Hashable, Comparable {
        /// The line.
        public let line: Int
        /// The column.
        public let column: Int

        func moved(by columns: Int) -> Place { Place(line: line, column: column + columns) }

        /// In the order of reading.
        public static func < (left: Place, right: Place) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }

    /// Reads a file's text.
    ///
    /// - Throws: `DockerfileError` with the line, for a file without a FROM, and for text that is no instruction.
    public init(_ text: String) throws(DockerfileError) {
        var global: [Instruction] = []
        var stages: [Stage] = []
        var variables: [String: String] = [:]
        for instruction in try DockerfileScanner.instructions(of: text) {
            if instruction.keyword == "FROM" {
                guard let base = instruction.words.first else {
                    throw DockerfileError(.emptyFrom, line: instruction.place.line)
                }
                let isNamed = instruction.words.count > 2 && instruction.words[1].text.uppercased() == "AS"
                stages.append(
                    Stage(
                        from: instruction, base: Variables.filled(base.text, from: variables) ?? base.text,
                        name: isNamed ? instruction.words[2].text : nil))
            } else if stages.isEmpty {
                guard instruction.keyword == "ARG" else {
                    throw DockerfileError(
                        .beforeFrom(keyword: instruction.keyword), line: instruction.place.line)
                }
                global.append(instruction)
                for (name, value) in instruction.assignments {
                    variables[name.text] =
                        value.map { Variables.filled($0, from: variables) ?? $0 } ?? variables[name.text]
                }
            } else {
                stages[stages.count - 1].instructions.append(instruction)
            }
        }
        guard !stages.isEmpty else { throw DockerfileError(.noStage) }
        globalArguments = global
        self.stages = stages
    }

    /// The stage of a name or number, among those before another.
    package func stage(named name: String, before index: Int) -> Int? {
        if let number = Int(name) { return (0..<index).contains(number) ? number : nil }
        return stages[..<index].lastIndex { $0.name?.lowercased() == name.lowercased() }
    }

    /// The image that is built.
    ///
    /// - Parameter target: The name or number of the stage; nil for the last.
    /// - Throws: `DockerfileError` for an unknown stage.
    package func finalImage(target: String?) throws(DockerfileError) -> FinalImage {
        guard let target else { return FinalImage(self, final: stages.count - 1) }
        guard let named = stage(named: target, before: stages.count) else {
            throw DockerfileError(.unknownStage(target))
        }
        return FinalImage(self, final: named)
    }

    /// A stage and those that it is made from, the lowest first.
    package func lineage(of index: Int) -> [Int] {
        guard let below = stage(named: stages[index].base, before: index) else { return [index] }
        return lineage(of: below) + [index]
    }
}

extension Dockerfile.Instruction {
    /// The names and values of ARG and ENV; the old form `ENV name value` too.
    package var assignments: [(name: Dockerfile.Word, value: String?)] {
        if keyword == "ENV", words.count > 1, !words[0].text.contains("=") {
            return [(words[0], words.dropFirst().map(\.text).joined(separator: " "))]
        }
        return words.map { word in
            guard let equals = word.text.firstIndex(of: "=") else { return (word, nil) }
            return (
                Dockerfile.Word(String(word.text[..<equals]), at: word.place),
                Variables.unquoted(String(word.text[word.text.index(after: equals)...]))
            )
        }
    }
}
