/// How severe a finding is.
public enum Level: String, Sendable, Hashable, Codable, CaseIterable {
    /// The file will not start in an empty root, or is not what was asked for.
    case error
    /// It starts, and may fail later there.
    case warning
    /// Worth knowing.
    case note
}

/// The decision about a file.
public enum Verdict: String, Sendable, Hashable, Codable {
    /// It runs in an empty root on the platform asked for.
    case ready
    /// It does not run there.
    case notReady = "not-ready"
    /// It is not for Linux, so the question does not arise.
    case notApplicable = "not-applicable"
    /// It is not built on this platform, because all its files are excluded there; or an image names the platform without
    /// holding it.
    case leftOut = "left-out"
    /// It could not be built or read, so nothing is known.
    case failed
}

/// A verdict and the findings it is based on.
public struct Judgement: Sendable {
    /// The verdict; `notReady` if any finding is an error.
    public let verdict: Verdict
    /// The findings of all rules in force.
    public let findings: [Finding]
    /// The known vulnerabilities of the program's modules; nil if they were not looked up.
    public var advisories: AdvisoryScan?
    /// What is demanded of its inside, and whether it holds; nil if nothing is.
    public var demands: DemandCheck?
    /// The rules in force that were not tried, because what they examine was not asked for or not there: a start, a second build, a
    /// database of vulnerabilities, an image.
    public var untried: [String] = []

    /// The findings that make a file not ready. One that an exception accepts is a note, and not among them.
    public var errors: [Finding] { findings.filter { $0.level == .error } }
}
