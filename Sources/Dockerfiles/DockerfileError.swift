/// Why a text cannot be read as a Dockerfile.
public struct DockerfileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// The text is longer than this number of bytes.
        case tooLong(limit: Int)
        /// No line begins with FROM.
        case noStage
        /// A FROM without the name of an image.
        case emptyFrom
        /// An instruction other than ARG is before the first FROM.
        case beforeFrom(keyword: String)
        /// A line does not begin with the name of an instruction.
        case notAnInstruction(String)
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
        case .noStage: "missing FROM"
        case .emptyFrom: "FROM has no image name"
        case .beforeFrom(let keyword): "\(keyword) must not be before the first FROM: only ARG may"
        case .notAnInstruction(let text): "'\(text)' is not an instruction"
        case .unendedDocument(let end): "the here-document <<\(end) has no end: add a line '\(end)'"
        case .unknownStage(let name): "unknown stage '\(name)'"
        }
    }
}
