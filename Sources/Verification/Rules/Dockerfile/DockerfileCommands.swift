import Dockerfiles

extension Rule {
    static let dockerfileShellForm = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-shell-form", level: .error, summary: "ENTRYPOINT or CMD needs a shell",
            rationale:
                "What is no JSON array is run by /bin/sh -c, and there is no shell: exec fails with 'no such file or directory'. A "
                + "shell would keep signals from the program, too.",
            detection:
                "The last ENTRYPOINT, CMD or HEALTHCHECK of the final image is no JSON array; one with single quotes is none.",
            limits: "A shell that is copied into the image: then the finding may be ignored.",
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
            let hint = word.text.hasPrefix("[") ? ": it is no JSON, which has double quotes" : ""
            return .init(
                at: word.place, "\(keyword) is run by a shell, and there is none\(hint)",
                evidence: "\(keyword) \(last.text.excerpt)")
        }
    }

    static let dockerfileEntryPoint = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-entry-point", level: .error, summary: "ENTRYPOINT names what is not in the image",
            rationale: "The runtime looks the program up in the image alone.",
            detection:
                "The final image is from scratch, and no COPY or ADD brings a file to the path that ENTRYPOINT or CMD names; or "
                + "there is neither.",
            limits: "Copies of whole folders are taken to bring it.",
            remedy: "COPY --from=build /out/app /app and ENTRYPOINT [\"/app\"].",
            reference: dockerfileReference + "#entrypoint")
    ) { image in
        guard image.kind == .scratch else { return [] }
        // An empty array takes back the one before.
        let isGiven = { (instruction: Dockerfile.Instruction) in !(instruction.isJSON && instruction.words.isEmpty) }
        let last = ["ENTRYPOINT", "CMD"].compactMap { image.instructions($0).last }.first(where: isGiven)
        guard let instruction = last else {
            return [
                .init(
                    at: image.final.from.place, "a container of the image starts nothing: there is no ENTRYPOINT",
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
                at: word.place, "no container starts: nothing is copied to \(word.text)",
                evidence: "\(instruction.keyword) \(instruction.text.excerpt)")
        ]
    }

    static let dockerfileRunInScratch = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-run-in-scratch", level: .error, summary: "RUN in an image without a shell",
            rationale:
                "RUN is executed in the image that is being built, and scratch has nothing to execute: the build fails.",
            detection: "A RUN in the final stage, or one that it is made from.",
            limits: "A shell that was copied there before.",
            remedy: "Do it in the builder's stage, and COPY the result.", reference: dockerfileReference + "#run")
    ) { image in
        // The exec form runs a program that was copied, and needs no shell.
        image.instructions("RUN").filter { !$0.isJSON }.map {
            .init(
                at: $0.place, "the build fails: there is no shell to run it",
                evidence: "RUN \($0.text.excerpt)")
        }
    }
}

extension String {
    /// One line of it, short enough to be shown.
    var excerpt: String {
        let line = split(separator: "\n").first.map(String.init) ?? ""
        let text = String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        return text.count > 80 ? text.prefix(79) + "…" : text
    }
}
