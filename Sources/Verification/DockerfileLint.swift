public import Dockerfiles

/// The findings of a policy in a Dockerfile.
public struct DockerfileLint: Sendable {
    /// Why no rule was applied: the final stage is neither from scratch nor distroless. Nil if the rules were applied.
    public let inapplicable: String?
    /// The findings, sorted by line and column.
    public let findings: [Finding]

    /// Applies the rules for Dockerfiles.
    ///
    /// - Parameters:
    ///   - file: The Dockerfile.
    ///   - context: What is known of the programs and of the files that the Dockerfile copies.
    ///   - target: The name or number of the stage that is built; nil for the last.
    ///   - policy: The rules in force.
    /// - Throws: `DockerfileError` for an unknown stage.
    public init(
        _ file: Dockerfile, in context: BuildContext = BuildContext(), target: String? = nil, policy: Policy = .standard
    ) throws(DockerfileError) {
        let image = try file.finalImage(target: target)
        guard image.kind != .other else {
            inapplicable = "its final stage is from \(image.base), neither scratch nor distroless"
            findings = []
            return
        }
        inapplicable = nil
        // Findings at the same place keep the order of the rules.
        findings = policy.findings(in: image, context).enumerated().sorted { left, right in
            guard let first = left.element.place, let second = right.element.place, first != second else {
                return left.offset < right.offset
            }
            return first < second
        }.map(\.element)
    }
}
