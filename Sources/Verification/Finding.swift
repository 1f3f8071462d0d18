/// What a rule says of a file.
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

    /// Whether it says that the program asks for a loader or for libraries.
    public var isOfDynamicLinking: Bool { [Rule.interpreter, .neededLibrary].contains { $0.identifier == rule } }

    /// A sentence for a person; a type of its own, so that no loose text passes for one.
    public struct Message: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
        /// The sentence.
        public let description: String
        /// Makes a message of its text.
        public init(stringLiteral value: String) { description = value }
    }
}
