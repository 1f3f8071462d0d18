/// The time that stamps, bills and images state.
extension Context {
    /// `SOURCE_DATE_EPOCH` in seconds since 1970; nil if it is not set.
    ///
    /// Source: https://reproducible-builds.org/specs/source-date-epoch/. The upper bound is that of tar headers, which have
    /// room for eleven octal digits.
    public func sourceDate() throws(ContextError) -> Int? {
        guard let text = variable("SOURCE_DATE_EPOCH") else { return nil }
        // Using the clock instead would silently break the promise of the same bytes for the same sources.
        guard let seconds = Int(text), (0..<(1 << 33)).contains(seconds) else { throw .sourceDate(text) }
        return seconds
    }

    /// The time that stamps and bills state: `SOURCE_DATE_EPOCH` if it is set, else now.
    public func statedTime() throws(ContextError) -> Int { try sourceDate() ?? now() }
}

/// Why a run's surroundings cannot be used.
public enum ContextError: Error, Sendable, Hashable, CustomStringConvertible {
    /// `SOURCE_DATE_EPOCH` has a value that is not a time.
    case sourceDate(String)
    /// No program of these names is on `PATH`.
    case toolNotFound([String], purpose: String)
    /// An outside tool failed; `output` is what it printed.
    case toolFailed(String, arguments: [String], output: String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .sourceDate(let text):
            "SOURCE_DATE_EPOCH is '\(text)', but must be a number of seconds since 1970"
        case .toolNotFound(let names, let purpose):
            "\(purpose) needs \(names.count == 1 ? "" : "one of ")\(names.joined(separator: ", ")), not found on PATH"
        case .toolFailed(let name, let arguments, let output):
            "\(name) \(arguments.joined(separator: " ")) failed:\n\(output)"
        }
    }
}
