/// What the program says of itself.
public enum Product {
    /// The version, as `--version` prints it and stamps and reports state it.
    public static let version = "0.1.0"
}
