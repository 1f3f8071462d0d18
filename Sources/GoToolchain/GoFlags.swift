/// The flags in GOFLAGS, as the go command reads them.
///
/// Go 1.19 splits at Unicode white space (`strings.Fields`). Later versions split at ASCII white space and take fields that are
/// wholly in quotes (`cmd/internal/quoted`). A text that the two read differently is refused, because the version that will
/// read it may be chosen later, by `go.mod` or GOTOOLCHAIN.
public struct GoFlags: Sendable, Hashable {
    /// The flags that stay in force.
    public let kept: [String]
    /// The flags that are left out, because they would make another kind of file, run other programs, or write elsewhere.
    public let refused: [String]
    /// The flags that are left out, because an option of this program decides about them: `-trimpath`.
    public let decided: [String]

    /// Flags of `go build` that are refused, without dashes.
    ///
    /// Source: `go help build` of Go 1.19 and 1.27. `-covermode` and `-coverpkg` set `-cover`; the `-debug-…` flags, which that
    /// page leaves out, write files. `-json` makes go report errors in a form for programs.
    public static let refusedNames: Set<String> = [
        "buildmode", "race", "msan", "asan", "cover", "covermode", "coverpkg", "linkshared", "toolexec", "compiler",
        "o", "n", "pkgdir", "C", "json", "debug-actiongraph", "debug-trace", "debug-runtime-trace",
    ]

    /// Reads the value of GOFLAGS.
    ///
    /// - Throws: `BuildError.ambiguousGoFlags` if versions of Go would split it differently, or cannot split it.
    public init(_ text: String) throws(BuildError) {
        let flags = GoFlags.fields(text)
        guard GoFlags.quotedFields(text) == flags else { throw .ambiguousGoFlags(text) }
        kept = flags.filter { !GoFlags.isRefused($0) && !$0.isFlag("trimpath") }
        decided = flags.filter { $0.isFlag("trimpath") }
        refused = flags.filter(GoFlags.isRefused)
    }

    /// Whether a flag, with its dashes and perhaps a value, is one of those that are refused.
    public static func isRefused(_ flag: String) -> Bool {
        let name = flag.unicodeScalars.drop { $0 == "-" }.prefix { $0 != "=" }
        return refusedNames.contains(String(String.UnicodeScalarView(name)))
    }

    /// The value of GOFLAGS that holds the flags that are kept.
    public var text: String { kept.joined(separator: " ") }

    /// Splits at white space, as `strings.Fields` does.
    static func fields(_ text: String) -> [String] {
        text.unicodeScalars.split { $0.properties.isWhitespace }.map { String(String.UnicodeScalarView($0)) }
    }

    /// A word as `quotedFields` reads it back, as `quoted.Join` in cmd/internal/quoted of Go writes it: with quotes if it is empty or
    /// holds blanks or quotes; nil if it holds both kinds of quotes.
    static func quoted(_ word: String) -> String? {
        guard word.isEmpty || word.unicodeScalars.contains(where: { " \t\n\r'\"".unicodeScalars.contains($0) }) else {
            return word
        }
        guard word.contains("'") else { return "'\(word)'" }
        return word.contains("\"") ? nil : "\"\(word)\""
    }

    /// Splits as `quoted.Split` does; nil if a quote is not closed.
    static func quotedFields(_ text: String) -> [String]? {
        var fields: [String] = []
        var rest = text.unicodeScalars[...]
        while true {
            rest = rest.drop(while: isBlank)
            guard let first = rest.first else { return fields }
            if first == "\"" || first == "'" {
                guard let end = rest.dropFirst().firstIndex(of: first) else { return nil }
                fields.append(String(rest[rest.index(after: rest.startIndex)..<end]))
                rest = rest[rest.index(after: end)...]
            } else {
                let field = rest.prefix { !isBlank($0) }
                fields.append(String(field))
                rest = rest[field.endIndex...]
            }
        }
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }
}
