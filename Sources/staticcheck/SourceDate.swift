import FoundationEssentials

/// When stamps and bills say that they were made: at SOURCE_DATE_EPOCH where that is set, else now.
///
/// Source: https://reproducible-builds.org/specs/source-date-epoch/
enum SourceDate {
    /// Seconds since 1970.
    static var seconds: Int {
        ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Int.init)
            ?? Int(Date().timeIntervalSince1970)
    }

    /// RFC 3339 in UTC, without fractions.
    static var text: String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(Date.ISO8601FormatStyle())
    }
}
