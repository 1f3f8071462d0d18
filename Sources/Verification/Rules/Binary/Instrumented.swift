import GoBinary

extension Rule {
    /// A build for finding faults, not for shipping.
    static let instrumented = Rule(
        RuleDocument(
            identifier: "instrumented",
            level: .warning,
            summary:
                "The program is built for finding faults",
            rationale:
                "The race detector and the sanitizers make a program several times slower and larger, expect "
                + "/proc, and end it when they find something.",
            detection:
                "Build info says -race, -msan or -asan is true; or Go's function table holds the functions that "
                + "call them.",
            limits:
                "C code that is instrumented in a program without Go.",
            remedy:
                "Build without -race, -msan and -asan.",
            reference:
                "https://go.dev/doc/articles/race_detector")
    ) { subject in
        let flags = ["-race", "-msan", "-asan"].filter { subject.buildInfo?.settings[$0] == "true" }
        let functions = subject.present(.callRaceDetector, .callAddressSanitizer, .callMemorySanitizer)
        guard !flags.isEmpty || !functions.isEmpty else { return [] }
        let evidence = flags.isEmpty ? subject.evidence(functions) : "build info: \(flags.joined(separator: " "))"
        return [.init("it runs slowly, takes far more memory, and wants /proc", evidence: evidence)]
    }
}
