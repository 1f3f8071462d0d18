import Text

/// Writes sizes, times and shares for people.
public enum Quantity {
    /// A size, `6.2 MB`, in powers of ten as disks and registries count. At least zero bytes.
    public static func size(_ bytes: Int) -> String { ByteCount.text(bytes) }

    /// A time in seconds, `12.3 s`.
    public static func seconds(_ duration: Duration) -> String { "\(oneDecimal(duration / .seconds(1))) s" }

    /// An estimated time: whole seconds, or whole minutes from two minutes on.
    public static func roughly(_ duration: Duration) -> String {
        let seconds = Int((duration / .seconds(1)).rounded())
        return seconds < 120 ? "\(seconds) s" : "\((seconds + 30) / 60) min"
    }

    /// An amount of memory, `3.5 GiB`, in powers of two as kernels and container runtimes count.
    public static func memory(_ bytes: Int) -> String {
        bytes >= 1 << 30
            ? "\(oneDecimal(Double(bytes) / Double(1 << 30))) GiB"
            : "\(oneDecimal(Double(bytes) / Double(1 << 20))) MiB"
    }

    /// A part of a whole, `45.6 %`, negative if the part is; a dash if the whole is zero.
    public static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "-" }
        return "\(oneDecimal(Double(part) * 100 / Double(whole))) %"
    }

    /// A number with one decimal, rounded half away from zero.
    static func oneDecimal(_ value: Double) -> String { ByteCount.oneDecimal(value) }
}
