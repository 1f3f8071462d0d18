import Dockerfiles

extension Rule {
    static let dockerfileShellForm = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-shell-form", level: .error, summary: "ENTRYPOINT or CMD needs a shell",
            rationale:
                "A command that is not a JSON array is run by /bin/sh -c, and the image has no shell: exec fails with 'no such file "
                + "or directory'. A shell would also keep signals from the program.",
            detection:
                "The last ENTRYPOINT, CMD or HEALTHCHECK of the final image is not a JSON array. Single quotes are not JSON.",
            limits: "A shell that is copied into the image. In that case ignore the finding.",
            remedy: "ENTRYPOINT [\"/app\"], with double quotes.",
            reference: dockerfileReference + "#shell-and-exec-form")
    ) { image in
        ["ENTRYPOINT", "CMD", "HEALTHCHECK"].compactMap { keyword in
            guard let last = image.instructions(keyword).last, !last.isJSON, let word = last.words.first else {
                return nil
            }
            if keyword == "HEALTHCHECK" {
                guard word.text.uppercased() == "CMD", last.words.count > 1, !last.words[1].text.hasPrefix("[") else {
                    return nil
                }
            }
            let hint = word.text.hasPrefix("[") ? ": JSON needs double quotes" : ""
            return .init(
                at: word.place, "\(keyword) needs a shell, and the image has none\(hint)",
                evidence: "\(keyword) \(last.text.excerpt)")
        }
    }

    static let dockerfileEntryPoint = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-entry-point", level: .error,
            summary: "ENTRYPOINT names a file that is not in the image",
            rationale: "The runtime looks for the program only in the image. If it is not there, no container starts.",
            detection:
                "The final image is from scratch, and no COPY or ADD writes to the path that ENTRYPOINT or CMD names; or both are "
                + "missing.",
            limits: "A copy of a whole folder is assumed to contain the file.",
            remedy: "COPY --from=build /out/app /app and ENTRYPOINT [\"/app\"].",
            reference: dockerfileReference + "#entrypoint")
    ) { image in
        guard image.kind == .scratch else { return [] }
        // An empty array removes the command of the base.
        let isGiven = { (instruction: Dockerfile.Instruction) in !(instruction.isJSON && instruction.words.isEmpty) }
        let last = ["ENTRYPOINT", "CMD"].compactMap { image.instructions($0).last }.first(where: isGiven)
        guard let instruction = last else {
            return [
                .init(
                    at: image.final.from.place, "a container of the image starts nothing: ENTRYPOINT is missing",
                    evidence: "FROM \(image.final.base)")
            ]
        }
        guard instruction.isJSON, let word = instruction.words.first else { return [] }
        let path = word.text.hasPrefix("/") ? word.text : nil
        guard !image.copies.contains(where: { $0.mayBring(path ?? $0.target ?? "", isGenerous: true) }) else {
            return []
        }
        return [
            .init(
                at: word.place, "no container of the image starts: nothing is copied to \(word.text)",
                evidence: "\(instruction.keyword) \(instruction.text.excerpt)")
        ]
    }

    static let dockerfileRunInScratch = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-run-in-scratch", level: .error, summary: "RUN in an image without a shell",
            rationale:
                "RUN runs its command with the shell of the image that is being built. scratch has no shell, so the build fails.",
            detection: "A RUN in the final stage, or in a stage that it is based on.",
            limits: "A shell that was copied into the stage before.",
            remedy: "Run the command in the build stage, and COPY the result.", reference: dockerfileReference + "#run")
    ) { image in
        // The exec form needs no shell: it can run a program that was copied before.
        image.instructions("RUN").filter { !$0.isJSON }.map {
            .init(
                at: $0.place, "the build fails: the image has no shell for RUN",
                evidence: "RUN \($0.text.excerpt)")
        }
    }
}

extension String {
    /// The first line, cut to 80 characters, as evidence shows it.
    var excerpt: String {
        let line = split(separator: "\n").first.map(String.init) ?? ""
        let text = String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        return text.count > 80 ? text.prefix(79) + "…" : text
    }
}
