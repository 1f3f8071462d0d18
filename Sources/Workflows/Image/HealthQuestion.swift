public import Proving
import ScratchImage

/// What is asked to find out whether a container works.
public struct HealthQuestion: Sendable, Hashable {
    /// The program of the image that asks, and its arguments.
    let words: [String]
    /// Whether the program is one that is added to the image, and not one of its own.
    let needsProgram: Bool

    /// The name of the added program.
    static let program = "healthcheck"

    /// Reads `http://127.0.0.1:8080/healthz`, `http://[::1]:8080/`, `tcp:8080`, or `exec:/app,--healthy`.
    public init(parsing text: String) throws(ProbeFormError) {
        let (six, four) = ("http://[::1]", "http://127.0.0.1")
        let isSix = text.hasPrefix(six)
        let probe = try Probe(parsing: isSix ? four + text.dropFirst(six.count) : text)
        if case .execute(let words) = probe {
            self.words = words
            needsProgram = false
        } else {
            words = ["/" + HealthQuestion.program, isSix ? six + probe.text.dropFirst(four.count) : probe.text]
            needsProgram = true
        }
    }
}

/// How an image is asked whether it works.
public struct HealthSettings: Sendable, Hashable {
    /// What is asked.
    public var question: HealthQuestion
    /// The seconds between two questions; nil leaves it to the engine, as for the others.
    public var interval: Double?
    /// The seconds that an answer may take.
    public var timeout: Double?
    /// The seconds after the start in which a failure does not count.
    public var startPeriod: Double?
    /// How many failures in a row count.
    public var retries: Int?

    /// Asks a question, as often as the engine likes.
    public init(_ question: HealthQuestion) { self.question = question }

    /// The program that asks, and its arguments. An added program ends by itself when the engine would end it.
    public var words: [String] {
        question.words + (question.needsProgram ? timeout.map { ["\(Int($0 * 1000))ms"] } ?? [] : [])
    }

    /// What an engine does.
    var check: HealthCheck {
        var check = HealthCheck(words: words)
        (check.interval, check.timeout) = (interval, timeout)
        (check.startPeriod, check.retries) = (startPeriod, retries)
        return check
    }
}
