import Dockerfiles

extension Rule {
    static let dockerfileUnverifiedCopy = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-unverified-copy", level: .error,
            summary: "The program in the image is not the one that was verified",
            rationale: "The gate in the build checks one file, and the image contains another.",
            detection:
                "A stage runs staticcheck gate, verify or check, and the program that ENTRYPOINT names is copied from a path that "
                + "none of these commands names.",
            limits:
                "Paths that contain variables, and a program that is replaced after it was verified.",
            remedy:
                "Copy what the gate admitted: staticcheck gate --copy-to /image … and COPY --from=build /image/app /app.",
            reference: "https://docs.docker.com/build/building/multi-stage/")
    ) { image in
        let runs = image.suppliers.flatMap { image.file.stages[$0].instructions }.filter { $0.keyword == "RUN" }
        let verified = runs.flatMap(\.verifiedPaths)
        guard !verified.isEmpty, let program = image.instructions("ENTRYPOINT").last?.words.first?.text else {
            return []
        }
        return image.copies.filter { $0.stage != nil }.flatMap { copy -> [Observation] in
            copy.sources.filter { copy.place(of: $0) == program && !$0.text.contains("$") }.compactMap { source in
                guard !verified.contains(where: { source.text == $0 || source.text.hasPrefix($0 + "/") }) else {
                    return nil
                }
                return .init(
                    at: source.place,
                    "the program \(source.text) is not verified, only \(verified.joined(separator: ", ")) is",
                    evidence: "COPY \(source.text) \(copy.target ?? "")")
            }
        }
    }
}

extension Dockerfile.Instruction {
    /// The paths that staticcheck verifies in a shell command; only the copies if the gate makes copies.
    fileprivate var verifiedPaths: [String] {
        var paths: [String] = []
        let commands = text.split(whereSeparator: { ";&|\n".contains($0) })
        for command in commands {
            let words = command.split(whereSeparator: { " \t".contains($0) }).map { Variables.unquoted(String($0)) }
            guard
                let start = words.firstIndex(where: {
                    ["staticcheck", "scratchcheck"].contains($0.split(separator: "/").last ?? "")
                })
            else { continue }
            let rest = words[(start + 1)...]
            if let copy = rest.firstIndex(of: "--copy-to"), copy + 1 < rest.endIndex {
                return [rest[copy + 1].withoutSlash]
            }
            if let output = rest.firstIndex(where: { $0 == "-o" || $0 == "--output" }), output + 1 < rest.endIndex {
                paths.append(rest[output + 1].withoutSlash)
            }
            paths += rest.filter { $0.hasPrefix("/") }.map(\.withoutSlash)
        }
        return paths
    }
}

extension String {
    fileprivate var withoutSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
