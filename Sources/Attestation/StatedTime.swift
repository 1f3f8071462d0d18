import FoundationEssentials

/// A time as stamps, bills and images state it.
public enum StatedTime {
    /// A time as RFC 3339 writes it in UTC, without fractions.
    ///
    /// - Parameter seconds: Since 1970.
    public static func text(of seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(Date.ISO8601FormatStyle())
    }

    /// The day of a time in UTC, `2027-01-31`.
    public static func day(of seconds: Int) -> String { String(text(of: seconds).prefix(10)) }
}
