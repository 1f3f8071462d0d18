/// A Dockerfile: the parts that decide what the final image contains.
///
/// Source: https://docs.docker.com/reference/dockerfile/
public struct Dockerfile: Sendable {
    /// The ARGs before the first FROM.
    let globalArguments: [Instruction]
    /// The stages.
    public let stages: [Stage]

    /// A stage: a FROM and the instructions up to the next FROM.
    public struct Stage: Sendable {
        package let from: Instruction
        /// The base image, with known variables filled in.
        package let base: String
        /// The name after AS.
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
        /// The words after the flags, split at blanks outside quotes; for a JSON array, its members.
        package let words: [Word]
        /// Whether the words are the members of a JSON array.
        package let isJSON: Bool
        /// Everything after the flags, with the text of here-documents.
        package let text: String

        /// The value of a flag.
        package func flag(_ name: String) -> Word? {
            flags.first { $0.text.hasPrefix("--\(name)=") }.map { flag in
                let length = name.count + 3
                return Word(String(flag.text.dropFirst(length)), at: flag.place.moved(by: length))
            }
        }
    }

    /// A word and its place in the file.
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

        /// Compares the line, then the column.
        public static func < (left: Place, right: Place) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }

    /// Reads a file's text.
    ///
    /// - Throws: `DockerfileError` with the line if FROM is missing or a line is not an instruction.
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

    /// The last stage before another that has a name or number.
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

    /// The indices of a stage and of the stages it is based on, the lowest first.
    package func lineage(of index: Int) -> [Int] {
        guard let below = stage(named: stages[index].base, before: index) else { return [index] }
        return lineage(of: below) + [index]
    }
}

extension Dockerfile.Instruction {
    /// The names and values of ARG and ENV, including the old form `ENV name value`.
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
