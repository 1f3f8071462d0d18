/// The result of starting a file alone in an empty root.
public struct Proof: Sendable, Hashable, Codable {
    /// How far the file got.
    public let outcome: Outcome
    /// What started it: `linux`, or the name of the emulator.
    public let by: String?
    /// Details, such as the error of exec or the signal.
    public let detail: String?

    /// How far a file got.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// It was loaded, and stopped before its first instruction.
        case started
        /// It ran, and exited with 0.
        case ran
        /// It ran, and was ended when its time was up, as a server is.
        case stillRunning = "still-running"
        /// exec failed, or the program was killed by a signal.
        case refused
        /// It ran, and exited with a code other than 0.
        case failed
        /// It could not be tried.
        case notProved = "not-proved"
    }

    /// Describes a proof.
    public init(_ outcome: Outcome, by: String? = nil, detail: String? = nil) {
        self.outcome = outcome
        self.by = by
        self.detail = detail
    }

    /// A word or two, for a table.
    public var word: String { outcome.rawValue.replacing("-", with: " ") }
}
