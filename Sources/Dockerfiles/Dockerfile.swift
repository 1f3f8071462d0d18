/// A Dockerfile: the parts that decide what the final image contains.
///
/// Source: https://docs.docker.com/reference/dockerfile/
public struct Dockerfile: Sendable {
    /// The ARGs before the first FROM.
    let globalArguments: [Instruction]
    /// The values of the ARGs before the first FROM.
    let globals: Environment
    /// The stages.
    public let stages: [Stage]
    /// Reads words with the escape character of the file.
    let lexer: WordLexer
    /// The last stage of each name, in lower case.
    private let stagesByName: [String: [Int]]

    /// The most stages of a file. Real files have fewer than a hundred.
    static let mostStages = 1000

    /// A stage: a FROM and the instructions up to the next FROM.
    public struct Stage: Sendable {
        package let from: Instruction
        /// The base image, with known variables filled in.
        package let base: String
        /// Whether all variables of the base image are known.
        package let isBaseKnown: Bool
        /// The name after AS.
        public let name: String?
        /// The stage that it is based on; nil for an image.
        package let parent: Int?
        package internal(set) var instructions: [Instruction] = []
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

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        func moved(by columns: Int) -> Place { Place(line: line, column: column + columns) }

        /// Compares the line, then the column.
        public static func < (left: Place, right: Place) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }

    /// Reads a file's text.
    ///
    /// - Throws: `DockerfileError` with the line if FROM is missing or builders refuse a line.
    public init(_ text: String) throws(DockerfileError) {
        let (instructions, escape) = try DockerfileScanner.instructions(of: text)
        lexer = WordLexer(escape: escape)
        var global: [Instruction] = []
        var stages: [Stage] = []
        var named: [String: [Int]] = [:]
        var globals = Environment(of: .files)
        for instruction in instructions {
            if instruction.keyword == "FROM" {
                let stage = try Stage(instruction, named, globals, lexer)
                if let name = stage.name { named[name.lowercased(), default: []].append(stages.count) }
                stages.append(stage)
                guard stages.count <= Dockerfile.mostStages else {
                    throw DockerfileError(.tooManyStages(limit: Dockerfile.mostStages), line: instruction.place.line)
                }
            } else if stages.isEmpty {
                guard instruction.keyword == "ARG" else {
                    throw DockerfileError(
                        .beforeFrom(keyword: instruction.keyword), line: instruction.place.line)
                }
                global.append(instruction)
                try globals.declare(instruction, inherited: nil, lexer)
            } else {
                stages[stages.count - 1].instructions.append(instruction)
            }
        }
        guard !stages.isEmpty else { throw DockerfileError(.noStage) }
        globalArguments = global
        self.globals = globals
        self.stages = stages
        stagesByName = named
    }

    /// The stage before another that COPY --from or a mount means by a name or a number.
    package func stage(named name: String, before index: Int) -> Int? {
        if let number = Int(name) { return number >= 0 && number < index ? number : nil }
        let all = stagesByName[name.lowercased()] ?? []
        // Names are hardly ever used twice.
        return all.last { $0 < index }
    }

    /// The image that is built.
    ///
    /// - Parameter target: The name or number of the stage; nil for the last.
    /// - Throws: `DockerfileError` for an unknown stage.
    package func finalImage(target: String?) throws(DockerfileError) -> FinalImage {
        guard let target else { return try FinalImage(self, final: stages.count - 1) }
        guard let named = stage(named: target, before: stages.count) else {
            throw DockerfileError(.unknownStage(target))
        }
        return try FinalImage(self, final: named)
    }

    /// The indices of a stage and of the stages it is based on, the lowest first.
    package func lineage(of index: Int) -> [Int] {
        var lineage = [index]
        while let below = lineage.last.flatMap({ stages[$0].parent }) { lineage.append(below) }
        return lineage.reversed()
    }
}

extension Dockerfile.Stage {
    /// Reads a FROM.
    fileprivate init(
        _ from: Dockerfile.Instruction, _ named: [String: [Int]], _ globals: Environment, _ lexer: WordLexer
    ) throws(DockerfileError) {
        guard let image = from.words.first else { throw DockerfileError(.emptyFrom, line: from.place.line) }
        let hasName = from.words.count == 3 && from.words[1].text.uppercased() == "AS"
        guard hasName || from.words.count == 1 else {
            throw DockerfileError(.wrongFrom(from.text), line: from.place.line)
        }
        var value = lexer.value(of: image.text) { globals[$0] }
        if value == .unknown, image.text.hasPrefix("${"), image.text.hasSuffix("}") {
            // An ARG without a default is unset unless the builder's command line sets it: ${BASE:-scratch} is scratch.
            let byDefault = globals.defaultValue(of: image.text, lexer)
            if byDefault.text?.isEmpty == false { value = byDefault }
        }
        let base = value.text ?? image.text
        guard !base.isEmpty else { throw DockerfileError(.emptyFrom, line: from.place.line) }
        self.from = from
        self.base = base
        isBaseKnown = value.text != nil
        name = hasName ? from.words[2].text : nil
        parent = value.text.flatMap { named[$0.lowercased()]?.last }
    }
}
