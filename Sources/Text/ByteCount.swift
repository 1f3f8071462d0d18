/// Sizes in bytes as text.
public enum ByteCount {
    /// A size, `6.2 MB`, in powers of ten as disks and registries count. At least zero bytes.
    public static func text(_ bytes: Int) -> String {
        let units = ["B", "kB", "MB", "GB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 999.95, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(bytes) B" : "\(oneDecimal(value)) \(units[unit])"
    }

    /// A number with one decimal, rounded half away from zero.
    public static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded(.toNearestOrAwayFromZero))
        return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    private static let units: [(suffix: String, factor: Int)] = [
        ("KIB", 1 << 10), ("MIB", 1 << 20), ("GIB", 1 << 30), ("TIB", 1 << 40), ("KB", 1000), ("MB", 1_000_000),
        ("GB", 1_000_000_000), ("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30), ("T", 1 << 40), ("B", 1), ("", 1),
    ]

    /// Reads `4GiB`, `512M` (both in powers of two), `20MB` or `2000000000`; nil for anything else, and for less than one byte.
    public static func parse(_ text: String) -> Int? {
        let text = text.uppercased()
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }),
            let number = Double(String(text.dropLast(unit.suffix.count)).trimmingBlanks), number.isFinite
        else { return nil }
        let size = number * Double(unit.factor)
        return size >= 1 && size < 1e15 ? Int(size) : nil
    }
}

extension String {
    /// Without blanks at the end: `20 MB` is written with one.
    fileprivate var trimmingBlanks: String { String(reversed().drop { $0 == " " }.reversed()) }
}
