/// The arguments of `go build`.
struct GoArguments {
    private var values: [String: String] = [:]
    private(set) var packages: [String] = []
    /// Whether a word that may be a flag is unknown.
    private(set) var hasUnknownFlags = false

    /// The flags that are followed by their value.
    private static let withValue: Set = [
        "C", "asmflags", "buildmode", "compiler", "covermode", "coverpkg", "gccgoflags", "gcflags", "installsuffix",
        "ldflags",
        "mod", "modfile", "o", "overlay", "p", "pgo", "pkgdir", "tags", "toolexec",
    ]

    init(_ words: ArraySlice<String>) {
        var rest = words
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), packages.isEmpty else {
                // The last word is the package, whatever it is.
                if word.isOnlyUnknown, packages.isEmpty, !rest.isEmpty {
                    hasUnknownFlags = true
                } else {
                    packages.append(word)
                }
                continue
            }
            let flag = word.drop { $0 == "-" }
            let parts = flag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = parts.first else { continue }
            if parts.count == 2 {
                values[name] = parts[1]
            } else if GoArguments.withValue.contains(name), let value = rest.popFirst() {
                values[name] = value
            }
        }
    }

    /// The value of a flag, the last of several.
    func value(of flag: String) -> String? { values[flag] }
}

extension String {
    /// Whether it is nothing but the value of an unknown variable.
    var isOnlyUnknown: Bool { self == ShellWord.unknownMark }

    /// The fields as the go command splits flags: at blanks, with single or double quotes around a whole field or a part of it.
    ///
    /// Source: cmd/internal/quoted. Quotes inside a field are taken as a C compiler's shell takes them.
    var goFields: [String] {
        var fields: [String] = []
        var current = ""
        var quote: Character?
        for character in self {
            if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            } else if quote == nil, character.isWhitespace {
                if !current.isEmpty { fields.append(current) }
                current = ""
            } else {
                current.append(character)
            }
        }
        return current.isEmpty ? fields : fields + [current]
    }
}
