/// What the beginning of a Go file says: its package, and whether it has a build constraint.
///
/// Source: https://pkg.go.dev/cmd/go#hdr-Build_constraints and https://go.dev/ref/spec#Package_clause.
struct SourceHead: Sendable, Hashable {
    /// The name of the package.
    let package: String
    /// Whether a line before the package clause is a build constraint, in the form of Go 1.17 or the older one.
    let isConstrained: Bool

    /// Reads the comments and the package clause; nil if the text does not begin with these.
    init?(_ text: String) {
        var rest = Substring(text)
        if rest.first == "\u{feff}" { rest.removeFirst() }
        var isConstrained = false
        while true {
            rest = rest.drop(while: \.isWhitespace)
            if rest.hasPrefix("//") {
                let line = rest.prefix { !$0.isNewline }
                isConstrained = isConstrained || SourceHead.isConstraint(line)
                rest = rest[line.endIndex...]
            } else if rest.hasPrefix("/*") {
                guard let end = rest.firstRange(of: "*/") else { return nil }
                rest = rest[end.upperBound...]
            } else {
                break
            }
        }
        let keyword = "package"
        guard rest.hasPrefix(keyword), rest.dropFirst(keyword.count).first?.isWhitespace == true else { return nil }
        let name = rest.dropFirst(keyword.count).drop(while: \.isWhitespace).prefix {
            $0.isLetter || $0.isNumber || $0 == "_"
        }
        guard !name.isEmpty else { return nil }
        package = String(name)
        self.isConstrained = isConstrained
    }

    private static func isConstraint(_ comment: Substring) -> Bool {
        comment.hasPrefix("//go:build ") || comment.dropFirst(2).drop(while: \.isWhitespace).hasPrefix("+build ")
    }

    /// Whether the name of a file may say that it is for some platforms only, as in `main_linux_arm64.go`.
    static func mayConstrain(name: String) -> Bool { name.contains("_") }

    /// Whether go takes a file of this name for a source file of a program.
    static func isSource(name: String) -> Bool {
        name.hasSuffix(".go") && !name.hasSuffix("_test.go") && !name.hasPrefix("_") && !name.hasPrefix(".")
    }
}
