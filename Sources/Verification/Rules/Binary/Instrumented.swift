import GoBinary

extension Rule {
    /// A build for finding errors, not for shipping.
    static let instrumented = Rule(
        RuleDocument(
            identifier: "instrumented", level: .warning,
            summary: "The program is built for finding errors",
            rationale:
                "The race detector and the sanitizers make a program several times slower and larger, expect /proc, "
                + "and stop it when they find something.",
            detection:
                "The build info says that -race, -msan or -asan is true, or Go's function table contains the "
                + "functions that call them.",
            limits:
                "Instrumented C code in a program without Go.",
            remedy:
                "Build without -race, -msan and -asan.",
            reference: "https://go.dev/doc/articles/race_detector"),
        reads: GoFunctions?.self, BuildInfo?.self
    ) { functions, info in
        let flags = ["-race", "-msan", "-asan"].filter { info?.settings[$0] == "true" }
        let found = functions?.present(.callRaceDetector, .callAddressSanitizer, .callMemorySanitizer) ?? []
        guard !flags.isEmpty || !found.isEmpty else { return [] }
        let evidence = flags.isEmpty ? found.evidence : "build info: \(flags.joined(separator: " "))"
        return [.init("it runs slowly, takes far more memory, and needs /proc", evidence: evidence)]
    }
}
