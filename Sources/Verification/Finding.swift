public import Dockerfiles

/// Something that a rule finds in a file.
public struct Finding: Sendable, Hashable {
    /// The identifier of the rule.
    public let rule: String
    /// How severe it is.
    public let level: Level
    /// What fails in the container, and why.
    public let message: Message
    /// The part of the file that shows the problem.
    public let evidence: String
    /// How to fix it.
    public let remedy: String
    /// The line and column in a Dockerfile; nil for a binary and for an image.
    public let place: Dockerfile.Place?
    /// The needed library that it is about; nil for every other finding. Reports for people tell all of a file as one.
    public let library: String?
    /// The vulnerability that it is about; nil for every other finding.
    public let advisory: Advisory?
    /// The reason of the exception that accepts it, which makes its level `note`; nil if none does.
    public let exception: String?

    init(
        rule: String, level: Level, message: Message, evidence: String, remedy: String,
        place: Dockerfile.Place? = nil, library: String? = nil, advisory: Advisory? = nil,
        exception: String? = nil
    ) {
        self.rule = rule
        self.level = level
        self.message = message
        self.evidence = evidence
        self.remedy = remedy
        self.place = place
        self.library = library
        self.advisory = advisory
        self.exception = exception
    }

    func excepted(by exception: Exception) -> Finding {
        Finding(
            rule: rule, level: .note, message: message, evidence: evidence, remedy: remedy,
            place: place, library: library, advisory: advisory, exception: exception.reason)
    }

    /// Whether it says that the program needs a loader or libraries.
    public var isOfDynamicLinking: Bool { [Rule.interpreter, .neededLibrary].contains { $0.identifier == rule } }

    /// Whether it says that the program is for another platform than the one asked for.
    public var isOfPlatform: Bool { rule == Rule.wrongPlatform.identifier }

    /// A sentence for people. It is a type of its own so that other text is not used as one by accident.
    public struct Message: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
        /// The sentence.
        public let description: String
        /// Makes a message from its text.
        public init(stringLiteral value: String) { description = value }
    }
}

extension Sequence<Finding> {
    /// The findings in one line, each with its rule: `MESSAGE [RULE]; MESSAGE [RULE]`.
    public var inOneLine: String { map { "\($0.message) [\($0.rule)]" }.joined(separator: "; ") }
}

extension BinaryInteger {
    /// The number in hexadecimal, `0x400000`.
    var hex: String { "0x" + String(self, radix: 16) }

    /// The number in octal, as modes are written: `0755`.
    var octal: String { "0" + String(self, radix: 8) }
}
