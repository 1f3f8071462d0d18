public import Verification

/// The rules, applied to a Dockerfile.
public struct DockerfileLint: Sendable {
    /// Why nothing was looked at: the final stage is neither from scratch nor distroless.
    public let inapplicable: String?
    /// What was found, in the order of the file.
    public let findings: [DockerfileFinding]

    /// Applies the rules.
    ///
    /// - Parameters:
    ///   - needs: What the program looks for in its root, as far as it is known.
    ///   - target: The stage that is built; nil for the last.
    ///   - ignored: Rules that are not applied.
    /// - Throws: `ImageError` for a stage that there is not.
    public init(
        _ file: Dockerfile, needs: Set<RuntimeNeed>, target: String? = nil, ignoring ignored: Set<String> = []
    ) throws(ImageError) {
        var last = file.stages.count - 1
        if let target {
            guard let named = file.stage(named: target, before: file.stages.count) else {
                throw ImageError("there is no stage '\(target)'")
            }
            last = named
        }
        let subject = DockerfileSubject(file, final: last, needs: needs)
        guard subject.kind != .other else {
            inapplicable = "its final stage is from \(subject.base), neither scratch nor distroless"
            findings = []
            return
        }
        inapplicable = nil
        findings = DockerfileRule.all.filter { !ignored.contains($0.identifier) }.flatMap { rule in
            rule.observe(subject).map {
                DockerfileFinding(
                    rule: rule.identifier, level: rule.level, place: $0.place, message: $0.message,
                    evidence: $0.evidence, remedy: $0.remedy ?? rule.remedy)
            }
        }.sorted { $0.place < $1.place }
    }
}
