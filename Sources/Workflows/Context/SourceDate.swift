import FoundationEssentials
import ProcessStart

/// When stamps, bills and images say that they were made: at SOURCE_DATE_EPOCH where that is set, else now.
///
/// Source: https://reproducible-builds.org/specs/source-date-epoch/
enum SourceDate {
    /// Why a time that was given cannot be used: to go on with today's would break the promise that it stands for.
    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    /// The time that is given, in seconds since 1970; nil where none is. Archives have room for eleven octal digits.
    static func given() throws(Unusable) -> Int? {
        guard let text = ProcessStart.variable("SOURCE_DATE_EPOCH") else { return nil }
        guard let seconds = Int(text), (0..<(1 << 33)).contains(seconds) else {
            throw Unusable(description: "SOURCE_DATE_EPOCH is '\(text)', and must be seconds since 1970")
        }
        return seconds
    }

    /// The time that is given, else the present one, in seconds since 1970.
    static func seconds() throws(Unusable) -> Int { try given() ?? Int(Date().timeIntervalSince1970) }

    /// The same as RFC 3339 in UTC, without fractions.
    static func text() throws(Unusable) -> String { text(of: try seconds()) }

    /// A time as RFC 3339 in UTC, without fractions.
    static func text(of seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(Date.ISO8601FormatStyle())
    }
}
