/// The variables of a stage: what ENV and ARG set, in order.
///
/// ENV and ARG share one set of names, and the later one wins, as in BuildKit's dockerfile2llb. An ARG without a default that
/// no ARG before the first FROM gives a value is unknown: the builder's command line may set it.
package struct Environment: Sendable {
    /// A variable that the file sets.
    package struct Variable: Sendable {
        package let value: Value
        /// The name in the ENV or ARG.
        package let name: Dockerfile.Word
        /// Whether it is written without variables.
        package let isLiteral: Bool
    }

    package private(set) var variables: [String: Variable] = [:]
    private let base: Base

    /// What a name is that the file does not set.
    enum Base: Sendable {
        /// Unset: there is no base image, or it sets nothing but PATH.
        case files
        /// Unknown: the base image may set it.
        case image
    }

    /// The most variables of a file. Real files have fewer than a hundred.
    static let mostVariables = 1000

    init(of base: Base) { self.base = base }

    /// The arguments that a builder sets for every file.
    static let platformArguments: Set = [
        "BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM", "TARGETOS",
        "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE",
    ]

    /// The PATH of an image that sets none.
    ///
    /// Source: BuildKit's util/system/path.go.
    private static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    package subscript(name: String) -> Value {
        if let variable = variables[name] { return variable.value }
        if base == .image { return .unknown }
        return name == "PATH" ? .known(Environment.defaultPath) : .unset
    }

    /// Applies an ENV. All its values see the variables from before it.
    mutating func set(_ instruction: Dockerfile.Instruction, _ lexer: WordLexer) throws(DockerfileError) {
        let assignments = instruction.assignments
        let values = assignments.map { value(of: $0.value ?? "", lexer) }
        for ((name, text), value) in zip(assignments, values) { try add(name, value, text ?? "") }
    }

    /// Applies an ARG.
    ///
    /// - Parameter inherited: The arguments from before the first FROM; nil for these themselves.
    mutating func declare(
        _ instruction: Dockerfile.Instruction, inherited: Environment?, _ lexer: WordLexer
    ) throws(DockerfileError) {
        for (name, text) in instruction.assignments {
            if let text {
                try add(name, value(of: text, lexer), text)
            } else if let given = inherited?.variables[name.text]?.value, given != .unknown {
                try add(name, given, "$")
            } else if inherited == nil || variables[name.text] == nil
                || Environment.platformArguments.contains(name.text)
            {
                try add(name, .unknown, "$")
            }
        }
    }

    /// A text with its variables filled in.
    func value(of text: String, _ lexer: WordLexer) -> Value { lexer.value(of: text) { self[$0] } }

    /// A text with its variables filled in as they are if the builder's command line sets none.
    func defaultValue(of text: String, _ lexer: WordLexer) -> Value {
        lexer.value(of: text) { name in
            let isArgument = variables[name]?.value == .unknown && !Environment.platformArguments.contains(name)
            return isArgument ? .unset : self[name]
        }
    }

    private mutating func add(
        _ name: Dockerfile.Word, _ value: Value, _ text: String
    ) throws(DockerfileError) {
        variables[name.text] = Variable(value: value, name: name, isLiteral: !text.contains("$"))
        guard variables.count <= Environment.mostVariables else {
            throw DockerfileError(.tooManyVariables(limit: Environment.mostVariables), line: name.place.line)
        }
    }
}
