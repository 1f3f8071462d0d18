import Text

extension Rule {
    /// What another machine compiled is in the program, and nothing shows that it is what the sources say.
    static let buildCache = Rule(
        RuleDocument(
            identifier: "build-cache", level: .note,
            summary: "Compiled packages came from a cache program",
            rationale:
                "go takes what a cache program returns as it is. Whoever can write to a shared cache can put code into each "
                + "program that is built with it, and neither the sources nor go.sum show it.",
            detection:
                "In check with --cache: the program supplied objects for the build, and no second build without it (--reproduce) "
                + "gave the same file.",
            limits:
                "A file that was stamped in an earlier run with the same cache program is kept, and then only says what this "
                + "run was supplied with. A file that is verified later does not show what it was made from: its stamp does.",
            remedy:
                "Use --reproduce for what you ship: the second build does not ask the cache. Let only trusted builds write to the "
                + "cache.",
            reference: "https://pkg.go.dev/cmd/go/internal/cacheprog; https://go.dev/doc/go1.24"),
        reads: CacheUse.self, Reproduction?.self
    ) { use, reproduction in
        guard use.hits > 0, reproduction?.isIdentical != true else { return [] }
        return [
            .init(
                "compiled packages came from the cache program \(use.name), and were not compiled here",
                evidence: "\(use.hits) of \((use.hits + use.misses).counted("object")), \(ByteCount.text(use.bytes))")
        ]
    }
}
