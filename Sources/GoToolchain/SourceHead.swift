/// The head of a Go file: the comments before the package clause, the clause, and the imports. go reads no more of a file to
/// tell which packages there are.
///
/// Source: https://go.dev/ref/spec#Source_file_organization, https://pkg.go.dev/cmd/go#hdr-Build_constraints and
/// https://pkg.go.dev/go/build#Context.Import.
struct SourceHead: Sendable, Hashable {
    /// The name of the package.
    let package: String
    /// Whether a line before the package clause is a build constraint, in the form of Go 1.17 or the older one.
    let isConstrained: Bool
    /// The size of the head in bytes, to the end of the last import; nil if the imports are not as the specification has them.
    let size: Int?

    /// No larger file is read, in bytes.
    static let maximumFileSize = 64 << 20

    /// Reads the head; nil if a text does not begin with comments and a package clause.
    init?(_ text: [UInt8]) {
        var scanner = GoScanner(text)
        guard scanner.skipBlanks() else { return nil }
        isConstrained = scanner.comments.contains(where: SourceHead.isConstraint)
        guard scanner.word() == "package", scanner.skipBlanks() else { return nil }
        package = scanner.word()
        guard !package.isEmpty else { return nil }
        size = SourceHead.endOfImports(&scanner)
    }

    /// Where the last import ends; nil if a comment or an import is cut off or malformed.
    private static func endOfImports(_ scanner: inout GoScanner) -> Int? {
        var end = scanner.position
        while true {
            guard scanner.skipBlanks() else { return nil }
            guard scanner.word() == "import" else { return end }
            guard scanner.skipBlanks() else { return nil }
            if scanner.skip("(") {
                while true {
                    guard scanner.skipBlanks() else { return nil }
                    if scanner.skip(")") { break }
                    guard importSpecification(&scanner) else { return nil }
                }
            } else {
                guard importSpecification(&scanner) else { return nil }
            }
            end = scanner.position
        }
    }

    /// Skips a name, if there is one, and a path in quotes.
    private static func importSpecification(_ scanner: inout GoScanner) -> Bool {
        if !scanner.skip(".") { _ = scanner.word() }
        return scanner.skipBlanks() && scanner.skipString()
    }

    private static func isConstraint(_ comment: String) -> Bool {
        comment.hasPrefix("//go:build ") || comment.dropFirst(2).drop(while: \.isWhitespace).hasPrefix("+build ")
    }

    /// Whether the name of a file may say that it is for some platforms only, as in `main_linux_arm64.go`.
    static func mayConstrain(name: String) -> Bool { name.contains("_") }

    /// Whether go takes a file of this name for a source file of a program.
    static func isSource(name: String) -> Bool {
        name.hasSuffix(".go") && !name.hasSuffix("_test.go") && !name.hasPrefix("_") && !name.hasPrefix(".")
    }
}
