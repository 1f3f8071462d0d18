/// What came of starting a file alone in an empty root.
public struct Proof: Sendable, Hashable, Codable {
    /// How far the file got.
    public let outcome: Outcome
    /// Who started it: `linux`, or the emulator's name.
    public let by: String?
    /// The particulars, in words.
    public let detail: String?

    /// How far a file got.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// It was loaded, and stopped before its first instruction.
        case started
        /// It ran, and ended by itself with 0 or was still running when its time was up.
        case ran
        /// exec failed, or the program was killed by a signal.
        case refused
        /// It ran, and ended with another exit code than 0.
        case failed
        /// It could not be tried.
        case notProved = "not-proved"
    }

    /// Makes a proof.
    public init(_ outcome: Outcome, by: String? = nil, detail: String? = nil) {
        self.outcome = outcome
        self.by = by
        self.detail = detail
    }

    /// A word or two, for a table.
    public var word: String { outcome == .notProved ? "not proved" : outcome.rawValue }
}
