import Text

/// Why a text cannot be read as a Dockerfile.
public struct DockerfileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// The text is longer than this number of bytes.
        case tooLong(limit: Int)
        /// The file has more stages than this.
        case tooManyStages(limit: Int)
        /// The file sets more variables than this.
        case tooManyVariables(limit: Int)
        /// No line begins with FROM.
        case noStage
        /// A FROM without the name of an image.
        case emptyFrom
        /// A FROM with other words than an image and AS with a name.
        case wrongFrom(String)
        /// An instruction other than ARG is before the first FROM.
        case beforeFrom(keyword: String)
        /// A line does not begin with the name of an instruction.
        case notAnInstruction(String)
        /// ONBUILD does not take this instruction.
        case notATrigger(String)
        /// A JSON array has members that are not strings.
        case notStrings
        /// A parser directive is there twice.
        case repeatedDirective(String)
        /// The escape character is neither a backslash nor a backtick.
        case wrongEscape(String)
        /// An instruction without flags has one.
        case notAFlag(String, of: String)
        /// The end of a here-document is missing.
        case unendedDocument(end: String)
        /// The stage that was asked for does not exist.
        case unknownStage(String)
    }

    /// What is wrong.
    public let reason: Reason
    /// The line, from 1; nil if the reason concerns the whole file.
    public let line: Int?

    init(_ reason: Reason, line: Int? = nil) {
        self.reason = reason
        self.line = line
    }

    /// The message, with the line.
    public var description: String { (line.map { "line \($0): " } ?? "") + message }

    private var message: String {
        switch reason {
        case .tooLong(let limit): "the file is longer than \(limit >> 20) MiB"
        case .tooManyStages(let limit): "the file has more than \(limit) stages"
        case .tooManyVariables(let limit): "the file sets more than \(limit) variables"
        case .noStage: "missing FROM"
        case .emptyFrom: "FROM has no image name"
        case .wrongFrom(let text): "'FROM \(text.shortened)' is not FROM IMAGE or FROM IMAGE AS NAME"
        case .beforeFrom(let keyword): "\(keyword) must not be before the first FROM: only ARG may"
        case .notAnInstruction(let text):
            "'\(text.shortened)' is not an instruction"
                + (text.utf8.count > 20 ? "" : Spelling.hint(for: text.uppercased(), in: DockerfileScanner.keywords))
        case .notATrigger(let keyword): "ONBUILD does not take \(keyword)"
        case .notStrings: "the members of a JSON array must be strings in double quotes"
        case .repeatedDirective(let name): "the directive '\(name)' is there twice"
        case .wrongEscape(let text): "the escape character '\(text.shortened)' is neither \\ nor `"
        case .notAFlag(let flag, let keyword):
            "\(keyword) has no flag '\(flag.shortened)', and words behind the keyword that begin with -- are flags"
                + (keyword == "CMD" || keyword == "ENTRYPOINT" ? ": write \(keyword) [\"\(flag.shortened)\"]" : "")
        case .unendedDocument(let end): "the here-document <<\(end.shortened) has no end: add a line '\(end.shortened)'"
        case .unknownStage(let name): "unknown stage '\(name)'"
        }
    }
}

extension String {
    /// At most 60 characters.
    fileprivate var shortened: String { utf8.count > 60 ? prefix(59) + "…" : self }
}
