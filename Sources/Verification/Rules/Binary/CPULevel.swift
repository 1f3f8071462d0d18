import GoBinary

extension Rule {
    /// A CPU level above the baseline that nobody asked for.
    static let cpuLevel = Rule(
        RuleDocument(
            identifier: "cpu-level", level: .warning,
            summary: "The program needs a newer CPU than its platform promises",
            rationale:
                "A program built for a higher level stops when it starts, or with an illegal instruction, on machines"
                + " of the platform that do not have the level.",
            detection:
                "The variable of the level (GOAMD64, GOARM64, GOPPC64, GORISCV64) in the build info is above Go's "
                + "baseline, and no variant was asked for.",
            limits:
                "Programs without Go build info, and C or assembly code that does not test the CPU. There is no such "
                + "baseline for arm: to registries linux/arm means GOARM=7, and v5 and v6 run there.",
            remedy:
                "Build for the baseline, or name the variant as part of the platform (linux/amd64/v3), so that image "
                + "indexes select by it.",
            reference: "https://go.dev/wiki/MinimumRequirements"),
        reads: BuildInfo.self, Expectation.self
    ) { info, expected in
        guard expected.platform?.variant == nil else { return [] }
        return Variant.baselines.sorted { $0.key < $1.key }.compactMap { name, baseline in
            guard let value = info.settings[name], !value.hasPrefix(baseline) else { return nil }
            return .init(
                "it crashes on machines below \(name)=\(value), which the platform allows",
                evidence: "build info: \(name)=\(value)")
        }
    }
}
