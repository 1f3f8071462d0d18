import Dockerfiles

/// The arguments by which a builder tells a Dockerfile its platforms.
extension Rule {
    private static let platformArguments = [
        "BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM", "TARGETOS", "TARGETARCH",
        "TARGETVARIANT",
    ]

    static let dockerfilePlatformArgument = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-platform-argument", level: .error, summary: "A platform argument is misspelt",
            rationale:
                "The builder sets those that it knows; another name is empty, and Go builds for the builder's own platform.",
            detection:
                "The name of an ARG, or of a variable that no ARG or ENV sets, is that of a platform argument but for a few letters, "
                + "an underscore or the case.",
            limits: "Names that are further away.", remedy: "Write the name as the builder does.",
            reference: "https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope")
    ) { image in
        var seen: Set<String> = []
        // A name with a value of its own is nobody's slip.
        let given = Set(
            image.file.instructions.filter { ["ARG", "ENV"].contains($0.keyword) }.flatMap(\.assignments)
                .filter { $0.value != nil }.map(\.name.text))
        return image.file.instructions.flatMap { instruction -> [Observation] in
            let own =
                instruction.keyword == "ARG"
                ? instruction.assignments.filter { $0.value == nil }.map { ($0.name.text, $0.name.place) } : []
            let used = Variables.names(in: (instruction.flags.map(\.text) + [instruction.text]).joined(separator: " "))
                .filter { !given.contains($0) && instruction.shellValue(of: $0) == nil }.map { ($0, instruction.place) }
            return (own + used).compactMap { name, place in
                guard let meant = meant(by: name), seen.insert(name).inserted else { return nil }
                return .init(
                    at: place, "\(name) is not set by the builder: \(meant) is meant", evidence: name,
                    remedy: "Write \(meant).")
            }
        }
    }

    /// The platform argument that a name is meant to be; nil for one that is none, or is spelt right.
    private static func meant(by name: String) -> String? {
        guard !platformArguments.contains(name) else { return nil }
        let letters = name.uppercased().filter { $0 != "_" }
        let aliases = ["TARGETARCHITECTURE": "TARGETARCH", "BUILDARCHITECTURE": "BUILDARCH"]
        if let alias = aliases[letters] { return alias }
        return platformArguments.first { $0 == letters }
            // Shorter names, BUILD_ARGS or TARGETS, are too near to names that people give.
            ?? platformArguments.first { $0.count > 8 && isOneSlipFrom($0, letters) }
    }

    /// Whether two words differ by one letter: another, one more, one less, or two neighbours swapped.
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
            summary: "A platform argument is used that the stage does not declare",
            rationale:
                "The builder sets platform arguments only in stages that declare them; elsewhere they are empty, and Go builds for "
                + "the builder's own platform.",
            detection:
                "A RUN, ENV or COPY uses a platform argument that no ARG of the stage, or of one that it is made from, has declared.",
            limits: "In a RUN, a variable that the shell itself sets under that name.",
            remedy: "ARG TARGETOS TARGETARCH in the stage, before the line.", reference: dockerfilePlatforms)
    ) { image in
        (image.suppliers + image.lineage).flatMap { stage -> [Observation] in
            var declared: Set<String> = []
            return image.file.lineage(of: stage).flatMap { image.file.stages[$0].instructions }.flatMap {
                instruction -> [Observation] in
                if ["ARG", "ENV"].contains(instruction.keyword) {
                    declared.formUnion(instruction.assignments.map(\.name.text))
                }
                let names = Variables.names(in: instruction.text).filter { platformArguments.contains($0) }
                return names.compactMap { name in
                    guard declared.insert(name).inserted else { return nil }
                    return .init(
                        at: instruction.place, "\(name) is empty here: the stage does not declare it",
                        evidence: "\(instruction.keyword) \(instruction.text.excerpt)", remedy: "ARG \(name) before it."
                    )
                }
            }
        }
    }

    static let dockerfileArgumentDefault = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-argument-default", level: .error, summary: "A platform argument has a default",
            rationale:
                "A default in the stage wins over what the builder sets, so that every platform's image gets the program of one.",
            detection: "An ARG in a stage gives one of the builder's platform arguments a value.",
            limits: "Builders that set the argument on the command line.", remedy: "ARG TARGETARCH, without a value.",
            reference: dockerfilePlatforms)
    ) { image in
        (image.suppliers + image.lineage).flatMap { image.file.stages[$0].instructions }.filter {
            $0.keyword == "ARG"
        }
        .flatMap(\.assignments).compactMap { name, value in
            guard let value, platformArguments.contains(name.text) else { return nil }
            return .init(
                at: name.place, "every platform's image is built with \(name.text)=\(value)",
                evidence: "ARG \(name.text)=\(value)", remedy: "ARG \(name.text), without a value.")
        }
    }
}
