/// A time as RFC 3339 writes it.
public struct Timestamp: Sendable, Hashable {
    /// Seconds since 1970 in UTC. Fractions of a second are cut off.
    public let seconds: Int

    /// How far the clocks of two machines may differ, in seconds.
    public static let clockTolerance = 300

    /// Reads a `date-time` of RFC 3339, section 5.6, and nothing before or after it.
    ///
    /// nil if the text has any other form, or the day or the time does not exist. A leap second is only accepted at the end of a
    /// day in UTC, where section 5.7 allows it.
    public init?(rfc3339 text: String) {
        var reader = Reader(text: Array(text.utf8)[...])
        guard let year = reader.number(digits: 4), reader.skip("-"), let month = reader.number(digits: 2),
            (1...12).contains(month), reader.skip("-"), let day = reader.number(digits: 2),
            (1...Timestamp.days(inMonth: month, of: year)).contains(day), reader.skip("T") || reader.skip("t"),
            let hour = reader.number(digits: 2), hour < 24, reader.skip(":"),
            let minute = reader.number(digits: 2), minute < 60, reader.skip(":"),
            let second = reader.number(digits: 2), second <= 60, reader.skipFraction(), let offset = reader.offset(),
            reader.text.isEmpty
        else { return nil }
        let minutes = (Timestamp.days(to: year, month, day) * 24 + hour) * 60 + minute - offset
        let isEndOfDay = (minutes + 1) % (24 * 60) == 0
        guard second < 60 || isEndOfDay else { return nil }
        seconds = minutes * 60 + second
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// The days from 1970-01-01 to a day of the Gregorian calendar.
    private static func days(to year: Int, _ month: Int, _ day: Int) -> Int {
        let before = year - 1
        let years = year > 0 ? before * 365 + before / 4 - before / 100 + before / 400 : -366
        // 719,162 days lie between 0001-01-01 and 1970-01-01.
        return years + (1..<month).reduce(0) { $0 + days(inMonth: $1, of: year) } + day - 1 - 719_162
    }

    /// Reads from the front of the text.
    private struct Reader {
        var text: ArraySlice<UInt8>

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard let first = text.first, UInt32(first) == character.value else { return false }
            text.removeFirst()
            return true
        }

        private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

        mutating func number(digits: Int) -> Int? {
            let word = text.prefix(digits)
            guard word.count == digits, word.allSatisfy(Reader.isDigit) else { return nil }
            text.removeFirst(digits)
            return word.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        /// Skips a `time-secfrac`, which may be missing. false if it has no digits.
        mutating func skipFraction() -> Bool {
            guard skip(".") else { return true }
            let digits = text.prefix(while: Reader.isDigit).count
            text.removeFirst(digits)
            return digits > 0
        }

        /// Reads a `time-offset`, in minutes.
        mutating func offset() -> Int? {
            if skip("Z") || skip("z") { return 0 }
            let sign = skip("+") ? 1 : skip("-") ? -1 : 0
            guard sign != 0, let hours = number(digits: 2), hours < 24, skip(":"), let minutes = number(digits: 2),
                minutes < 60
            else { return nil }
            return sign * (hours * 60 + minutes)
        }
    }
}
