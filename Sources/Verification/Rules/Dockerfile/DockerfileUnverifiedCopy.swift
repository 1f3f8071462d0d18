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
        let commands = image.suppliers.flatMap { image.stages[$0]?.verifications ?? [] }
        let copied = commands.flatMap { verifiedPaths($0, copiesOnly: true) }
        let verified = Set(copied.isEmpty ? commands.flatMap { verifiedPaths($0, copiesOnly: false) } : copied)
        guard !verified.isEmpty, let programs = image.programPaths else { return [] }
        let folders = image.result.folders
        let names = verified.sorted().prefix(3).joined(separator: ", ")
        return image.copies.filter { $0.stage != nil }.flatMap { copy -> [Observation] in
            copy.sources.compactMap { source in
                guard let place = copy.place(of: source, isFolder: folders.contains), programs.contains(place),
                    let path = source.path?.path(), !isVerified(path, verified)
                else { return nil }
                return .init(
                    at: source.word.place,
                    "the program \(path) is not verified, only \(names) is",
                    evidence: "COPY \(source.word.text) \(copy.target ?? "")")
            }
        }
    }

    /// Whether a path or a folder above it is verified.
    private static func isVerified(_ path: String, _ verified: Set<String>) -> Bool {
        var path = path
        while path != "/" {
            if verified.contains(path) { return true }
            path = (path + "/..").path()
        }
        return verified.contains("/")
    }

    /// The paths that a staticcheck command verifies, or those that its gate copies to, up to the first component that only the
    /// builder knows.
    private static func verifiedPaths(_ command: [String], copiesOnly: Bool) -> [String] {
        guard command.first != "xx-verify" else { return [] }
        let rest = command.dropFirst()
        func value(of flags: String...) -> String? {
            guard let flag = rest.firstIndex(where: flags.contains), flag + 1 < rest.endIndex else { return nil }
            return rest[flag + 1]
        }
        let copies = [value(of: "--copy-to")].compactMap { $0 }
        let paths =
            copiesOnly ? copies : [value(of: "-o", "--output")].compactMap { $0 } + rest.filter { $0.hasPrefix("/") }
        return paths.map { path in
            // U+FFFC stands for what only the builder knows.
            let known = path.split(separator: "/").prefix { !$0.contains("\u{FFFC}") }
            return known.joined(separator: "/").path()
        }
    }
}
