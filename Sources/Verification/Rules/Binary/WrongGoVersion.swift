import GoBinary

extension Rule {
    /// A `go.mod`, or the environment, can choose another toolchain than the one that was asked for.
    static let wrongGoVersion = Rule(
        RuleDocument(
            identifier: "wrong-go-version", level: .error,
            summary: "The file was built by another version of Go than the one asked for",
            rationale:
                "A version is asked for because of its fixes; another one may lack them.",
            detection:
                "The version in the file's own build info is compared with --go-version.",
            limits:
                "Only if a version was asked for. Build info can be forged.",
            remedy:
                "Look for a toolchain line in go.mod or go.work, and for GOTOOLCHAIN.",
            reference: "https://go.dev/doc/toolchain"),
        reads: Expectation.self, BuildInfo?.self
    ) { expected, info in
        guard let wanted = expected.go else { return [] }
        guard let version = info?.goVersion else {
            return [
                .init(
                    "the file does not say which version of Go built it",
                    evidence: "no build info; \(wanted) was asked for")
            ]
        }
        guard !wanted.covers(version) else { return [] }
        return [
            .init(
                "it was built by another version of Go than the one asked for",
                evidence: "\(version), but \(wanted) was asked for")
        ]
    }
}
