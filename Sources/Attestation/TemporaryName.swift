/// Names for what lies beside its place until it is whole.
public enum TemporaryName {
    /// A name that no other process chooses.
    ///
    /// - Parameter prefix: What it begins with.
    public static func make(_ prefix: String = "") -> String {
        prefix + String(UInt64.random(in: .min ... .max), radix: 36)
    }
}
