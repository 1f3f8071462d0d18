import GoBinary

extension Rule {
    /// A CPU level above the baseline that nobody asked for.
    static let cpuLevel = Rule(
        RuleDocument(
            identifier: "cpu-level",
            level: .warning,
            summary:
                "The program needs a newer CPU than its platform promises",
            rationale:
                "A program built for a higher level ends at its start, or with an illegal instruction, on "
                + "machines of the platform that do not reach the level.",
            detection:
                "The variable of the level (GOAMD64, GOARM64, GOPPC64, GORISCV64) in the build info is above "
                + "Go's baseline, and no variant was asked for.",
            limits:
                "Programs without Go build info, and C or assembly that tests for nothing. For arm there is no "
                + "such baseline: GOARM=7 is what linux/arm means to registries, and v5 and v6 run there.",
            remedy:
                "Build for the baseline, or name the variant as part of the platform (linux/amd64/v3), so that "
                + "images are chosen by it.",
            reference:
                "https://go.dev/wiki/MinimumRequirements")
    ) { subject in
        guard subject.expected?.variant == nil, let settings = subject.buildInfo?.settings else { return [] }
        return Variant.baselines.sorted { $0.key < $1.key }.compactMap { name, baseline in
            guard let value = settings[name], !value.hasPrefix(baseline) else { return nil }
            return .init(
                "it dies on machines below \(name)=\(value), which the platform allows",
                evidence: "build info: \(name)=\(value)")
        }
    }
}
