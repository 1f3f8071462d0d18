/// The head of a Go file: the package clause and the imports, with the comments before and after them. go reads no more of most
/// files to tell which packages there are.
///
/// Source: https://go.dev/ref/spec#Source_file_organization, https://pkg.go.dev/cmd/go#hdr-Build_constraints and
/// https://pkg.go.dev/go/build#Context.Import.
struct SourceHead: Sendable, Hashable {
    /// The name of the package.
    let package: String
    /// Whether a line before the package clause is a build constraint, in the form of Go 1.17 or the older one.
    let isConstrained: Bool
    /// The size in bytes of what go reads, to the first token after the imports; nil if it reads the whole file, as it does if a
    /// file imports `embed`, or if the imports are not as the specification has them.
    let size: Int?

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

    /// Where the first token after the imports begins; nil if a comment or an import is cut off or malformed, or `embed` is
    /// imported.
    private static func endOfImports(_ scanner: inout GoScanner) -> Int? {
        while true {
            guard scanner.skipBlanks() else { return nil }
            let end = scanner.position
            guard scanner.word() == "import" else { return end }
            guard scanner.skipBlanks() else { return nil }
            if scanner.skip("(") {
                while true {
                    guard scanner.skipBlanks() else { return nil }
                    if scanner.skip(")") { break }
                    guard skipImport(&scanner) else { return nil }
                }
            } else {
                guard skipImport(&scanner) else { return nil }
            }
        }
    }

    /// Skips a name, if there is one, and a path other than `embed`: go reads the patterns for that package everywhere in the file.
    private static func skipImport(_ scanner: inout GoScanner) -> Bool {
        if !scanner.skip(".") { _ = scanner.word() }
        guard scanner.skipBlanks(), let path = scanner.string() else { return false }
        return path != "embed"
    }

    private static func isConstraint(_ comment: String) -> Bool {
        let words = comment.dropFirst(2).split(whereSeparator: \.isWhitespace)
        return words.first == "+build" || words.first == "go:build" && comment.hasPrefix("//go:build")
    }

    /// Whether the name of a file may say that it is for some platforms only, as in `main_linux_arm64.go`.
    static func mayConstrain(name: String) -> Bool { name.contains("_") }

    /// Whether go takes a file of this name for a source file of a program.
    static func isSource(name: String) -> Bool {
        name.hasSuffix(".go") && !name.hasSuffix("_test.go") && !name.hasPrefix("_") && !name.hasPrefix(".")
    }
}
