/// The result of starting a file alone in an empty root.
public struct Proof: Sendable, Hashable, Codable {
    /// How far the file got.
    public let outcome: Outcome
    /// What started it: `linux`, or the name of the emulator.
    public let by: String?
    /// Details, such as the error of exec or the signal.
    public let detail: String?
    /// What a running container answered; nil if it was not asked.
    public let answers: [Answer]?
    /// How a running container ended when it was asked to; nil if it was not asked.
    public let stop: Stop?
    /// The paths that it looked up and did not find; nil if nobody looked.
    public let missing: [String]?

    /// What a container answered to a probe.
    public struct Answer: Sendable, Hashable, Codable {
        /// The probe as it was written.
        public let probe: String
        /// How long after the start it was answered, or given up, in milliseconds.
        public let milliseconds: Int
        /// Why there was no answer; nil if there was one.
        public let failure: String?

        /// Describes an answer.
        public init(probe: String, milliseconds: Int, failure: String?) {
            self.probe = probe
            self.milliseconds = milliseconds
            self.failure = failure
        }
    }

    /// How a container ended when it was asked to.
    public struct Stop: Sendable, Hashable, Codable {
        /// The signal that asked it.
        public let signal: String
        /// How long it took, in milliseconds.
        public let milliseconds: Int
        /// How it ended, `exit code 0`; nil if it did not end in time.
        public let ending: String?

        /// Describes an end.
        public init(signal: String, milliseconds: Int, ending: String?) {
            self.signal = signal
            self.milliseconds = milliseconds
            self.ending = ending
        }
    }

    /// How far a file got.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// It was loaded, and stopped before its first instruction.
        case started
        /// It ran, and exited with 0.
        case ran
        /// It ran, and was ended when its time was up, as a server is.
        case stillRunning = "still-running"
        /// It ran as a container, and answered all probes.
        case answered
        /// It ran as a container, and did not answer all probes.
        case unanswered
        /// exec failed, or the program was killed by a signal.
        case refused
        /// It ran, and exited with a code other than 0.
        case failed
        /// It could not be tried.
        case notProved = "not-proved"
    }

    /// Describes a proof.
    public init(
        _ outcome: Outcome, by: String? = nil, detail: String? = nil, answers: [Answer]? = nil, stop: Stop? = nil,
        missing: [String]? = nil
    ) {
        self.outcome = outcome
        self.by = by
        self.detail = detail
        self.answers = answers
        self.stop = stop
        self.missing = missing
    }

    /// A word or two, for a table.
    public var word: String { outcome.rawValue.replacing("-", with: " ") }
}
