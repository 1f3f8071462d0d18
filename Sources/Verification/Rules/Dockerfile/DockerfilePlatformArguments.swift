import Dockerfiles

/// The rules about the arguments by which a builder passes its own and the target platform to a Dockerfile.
extension Rule {
    private static let platformArguments = [
        "BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM", "TARGETOS", "TARGETARCH",
        "TARGETVARIANT",
    ]

    static let dockerfilePlatformArgument = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-platform-argument", level: .error, summary: "A platform argument is misspelled",
            rationale:
                "The builder sets only the arguments that it knows. Any other name is empty, and Go builds for the builder's own "
                + "platform.",
            detection:
                "The name of an ARG, or of a variable that no ARG or ENV sets, differs from a platform argument by one letter, an "
                + "underscore or the case.",
            limits: "Names that differ more.", remedy: "Use the builder's name of the argument.",
            reference: "https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope")
    ) { image in
        var seen: Set<String> = []
        // A name that gets a value is not a spelling mistake.
        let given = Set(
            image.file.instructions.filter { ["ARG", "ENV"].contains($0.keyword) }.flatMap(\.assignments)
                .filter { $0.value != nil }.map(\.name.text))
        return image.file.instructions.flatMap { instruction -> [Observation] in
            let own =
                instruction.keyword == "ARG"
                ? instruction.assignments.filter { $0.value == nil }.map { ($0.name.text, $0.name.place) } : []
            let used = instruction.usedNames.filter { !given.contains($0) }.map { ($0, instruction.place) }
            let meantNames = (own + used).filter { meant(by: $0.0) != nil }
            // Reading the script is only worth it for a suspicious name.
            let assigned = meantNames.isEmpty ? [] : instruction.assignedNames
            return meantNames.compactMap { name, place in
                guard !assigned.contains(name), let meant = meant(by: name), seen.insert(name).inserted else {
                    return nil
                }
                return .init(
                    at: place, "the builder does not set \(name); did you mean \(meant)?", evidence: name,
                    remedy: "Write \(meant).")
            }
        }
    }

    /// The platform argument that a misspelled name stands for; nil for any other name.
    private static func meant(by name: String) -> String? {
        guard !platformArguments.contains(name) else { return nil }
        let letters = name.uppercased().filter { $0 != "_" }
        let aliases = ["TARGETARCHITECTURE": "TARGETARCH", "BUILDARCHITECTURE": "BUILDARCH"]
        if let alias = aliases[letters] { return alias }
        return platformArguments.first { $0 == letters }
            // Shorter ones are too similar to names in use, such as BUILD_ARGS or TARGETS.
            ?? platformArguments.first { $0.count > 8 && isOneSlipFrom($0, letters) }
    }

    /// Whether two words differ by one letter replaced, added or removed, or by two neighbours swapped.
    private static func isOneSlipFrom(_ word: String, _ other: String) -> Bool {
        var (left, right) = (Array(word.utf8)[...], Array(other.utf8)[...])
        guard abs(left.count - right.count) <= 1 else { return false }
        while let first = left.first, first == right.first { (left, right) = (left.dropFirst(), right.dropFirst()) }
        while let last = left.last, last == right.last { (left, right) = (left.dropLast(), right.dropLast()) }
        return left.count <= 1 && right.count <= 1 || left.count == 2 && left.elementsEqual(right.reversed())
    }

    static let dockerfileUndeclaredArgument = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-undeclared-argument", level: .error,
            summary: "A stage uses a platform argument that it does not declare",
            rationale:
                "The builder sets platform arguments only in stages that declare them. Elsewhere they are empty, and Go builds for "
                + "the builder's own platform.",
            detection:
                "A RUN, ENV or COPY uses a platform argument that no ARG before it declares, in its stage or in one it is based on.",
            limits: "Names in single quotes, which only a shell inside the shell fills in.",
            remedy: "ARG TARGETOS TARGETARCH in the stage, before the instruction.", reference: dockerfilePlatforms)
    ) { image in
        (image.suppliers + image.lineage).flatMap { stage -> [Observation] in
            var declared: Set<String> = []
            return image.file.lineage(of: stage).flatMap { image.file.stages[$0].instructions }.flatMap {
                instruction -> [Observation] in
                if ["ARG", "ENV"].contains(instruction.keyword) {
                    declared.formUnion(instruction.assignments.map(\.name.text))
                }
                let names = VariableNames.used(in: instruction.textWithDocuments)
                    .filter { platformArguments.contains($0) && !declared.contains($0) }
                let assigned = names.isEmpty ? [] : instruction.assignedNames
                return names.compactMap { name in
                    guard !assigned.contains(name), declared.insert(name).inserted else { return nil }
                    return .init(
                        at: instruction.place, "\(name) is empty here: the stage does not declare it",
                        evidence: "\(instruction.keyword) \(instruction.text.excerpt)",
                        remedy: "ARG \(name) before this instruction."
                    )
                }
            }
        }
    }

    static let dockerfileArgumentDefault = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-argument-default", level: .error, summary: "A platform argument has a default",
            rationale:
                "A default in the stage overrides the builder's value, so the image for every platform contains the same program.",
            detection: "An ARG in a stage sets a default for a platform argument.",
            limits: "Builds that set the argument on the command line.", remedy: "ARG TARGETARCH without a value.",
            reference: dockerfilePlatforms)
    ) { image in
        (image.suppliers + image.lineage).flatMap { image.file.stages[$0].instructions }.filter {
            $0.keyword == "ARG"
        }
        .flatMap(\.assignments).compactMap { name, value in
            guard let value, platformArguments.contains(name.text) else { return nil }
            return .init(
                at: name.place, "the image for every platform is built with \(name.text)=\(value)",
                evidence: "ARG \(name.text)=\(value)", remedy: "ARG \(name.text) without a value.")
        }
    }
}

extension Dockerfile.Instruction {
    /// The variables that the flags and the text use.
    fileprivate var usedNames: [String] {
        flags.flatMap { VariableNames.used(in: $0.text) } + VariableNames.used(in: textWithDocuments)
    }
}
