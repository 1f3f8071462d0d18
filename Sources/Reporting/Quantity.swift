/// Sizes and times for a person.
public enum Quantity {
    /// A size in bytes, `6.2 MB`, in powers of ten as disks and registries count.
    public static func size(_ bytes: Int) -> String {
        let units = ["B", "kB", "MB", "GB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 999.95, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(bytes) B" : "\(oneDecimal(value)) \(units[unit])"
    }

    /// A time in seconds, `12.3 s`.
    public static func seconds(_ duration: Duration) -> String { "\(oneDecimal(duration / .seconds(1))) s" }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
