extension Rule {
    /// The same source must give the same bytes.
    static let notReproducible = Rule(
        RuleDocument(
            identifier: "not-reproducible", level: .error,
            summary: "A second build of the same sources gave another file",
            rationale:
                "Nobody can show that the file was made from its sources, because nobody can make it again.",
            detection:
                "With --reproduce each program is built a second time, from a copy of its sources in another folder, "
                + "whose entries were created in another order, and with an empty build cache. Both files must be "
                + "identical, byte for byte.",
            limits:
                "Both builds use one machine, one toolchain and the same day; what depends on those is not detected.",
            remedy:
                "Build with -trimpath (the default here), from a clean commit, and remove times from -ldflags: "
                + "{{date}} is the commit's.",
            reference: "https://reproducible-builds.org/docs/; https://go.dev/blog/rebuild"),
        reads: Reproduction.self
    ) { reproduction in
        guard !reproduction.isIdentical else { return [] }
        return [
            .init(
                "a second build of the same sources gave another file",
                evidence: reproduction.differences.joined(separator: "; "),
                remedy: reproduction.cachedPackages == nil
                    ? nil
                    : "Build without --cache. Find out who can write to the cache, and empty it (docs/cache.md).")
        ]
    }
}
