public import Dockerfiles

/// What a rule says about a file.
public struct Finding: Sendable, Hashable {
    /// The identifier of the rule.
    public let rule: String
    /// How much it weighs.
    public let level: Level
    /// What will happen in the container, and why.
    public let message: Message
    /// What in the file shows it.
    public let evidence: String
    /// How to mend it.
    public let remedy: String
    /// Where in the file it is; nil for a binary, and for an image.
    public let place: Dockerfile.Place?
    /// Why it is let pass, where an exception of the policy says so; its level is then `note`.
    public let exception: String?

    init(
        rule: String, level: Level, message: Message, evidence: String, remedy: String,
        place: Dockerfile.Place? = nil, exception: String? = nil
    ) {
        self.rule = rule
        self.level = level
        self.message = message
        self.evidence = evidence
        self.remedy = remedy
        self.place = place
        self.exception = exception
    }

    func excepted(by exception: Exception) -> Finding {
        Finding(
            rule: rule, level: .note, message: message, evidence: evidence, remedy: remedy,
            place: place, exception: exception.reason)
    }

    /// Whether it says that the program asks for a loader or for libraries.
    public var isOfDynamicLinking: Bool { [Rule.interpreter, .neededLibrary].contains { $0.identifier == rule } }

    /// Whether it says that the program is for another platform than it was asked for.
    public var isOfPlatform: Bool { rule == Rule.wrongPlatform.identifier }

    /// A sentence for a person; a type of its own, so that no loose text passes for one.
    public struct Message: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
        /// The sentence.
        public let description: String
        /// Makes a message of its text.
        public init(stringLiteral value: String) { description = value }
    }
}

extension Sequence<Finding> {
    /// The findings in one line, each with its rule: `MESSAGE [RULE]; MESSAGE [RULE]`.
    public var inOneLine: String { map { "\($0.message) [\($0.rule)]" }.joined(separator: "; ") }
}
