/// The names of this project. Scripts read them from here too (`Scripts/identity`), and a test looks for any other.
public enum Identity {
    /// The command. A Go linter has the same name.
    public static let command = "staticcheck"
    /// The alias of the command, and the name of everything that must not be taken for the linter's: the configuration file,
    /// variables, titles of reports.
    public static let name = "scratchcheck"
    /// The version, as `--version` prints it and stamps and reports state it.
    public static let version = "0.1.0"
    /// The namespace of the identifiers: an UUID (RFC 9562), because nobody has to own it, and nobody can take it away.
    public static let namespace = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d"

    /// An identifier of this project, with its version: `verifier/v1`. It follows the namespace as a fragment (RFC 8141, 2.3.3).
    public static func uri(_ name: String) -> String { "\(namespace)#\(name)" }
}
