public import Dockerfiles

/// What a policy finds in a Dockerfile.
public struct DockerfileLint: Sendable {
    /// Why no rule was applied: the final stage is neither from scratch nor distroless. Nil if the rules were applied.
    public let inapplicable: String?
    /// The findings, in the order of the file.
    public let findings: [Finding]

    /// Applies the rules for Dockerfiles.
    ///
    /// - Parameters:
    ///   - file: The Dockerfile.
    ///   - needs: What the program looks for in its root, as far as it is known.
    ///   - target: The stage that is built; nil for the last.
    ///   - policy: The rules in force.
    /// - Throws: `DockerfileError` for an unknown stage.
    public init(
        _ file: Dockerfile, needs: Set<RuntimeNeed>, target: String? = nil, policy: Policy = .standard
    ) throws(DockerfileError) {
        let image = try file.finalImage(target: target)
        guard image.kind != .other else {
            inapplicable = "its final stage is from \(image.base), neither scratch nor distroless"
            findings = []
            return
        }
        inapplicable = nil
        // Rules see the same place in any order, and people read from the top.
        findings = policy.findings(in: image, needs: needs).enumerated().sorted { left, right in
            guard let first = left.element.place, let second = right.element.place, first != second else {
                return left.offset < right.offset
            }
            return first < second
        }.map(\.element)
    }
}
