import Dockerfiles

extension Rule {
    static let dockerfileShellForm = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-shell-form", level: .error, summary: "ENTRYPOINT or CMD needs a shell",
            rationale:
                "A command that is not a JSON array is run by /bin/sh -c, and the image has no shell: exec fails with 'no such file "
                + "or directory'. A shell would also keep signals from the program.",
            detection:
                "The last ENTRYPOINT, CMD or HEALTHCHECK of the final image is not a JSON array, or it is one that starts a shell or "
                + "a script named *.sh. Single quotes are not JSON. A CMD that an ENTRYPOINT in shell form ignores is not looked at.",
            limits: "A copied folder that may contain /bin/sh is assumed to bring it.",
            remedy: "ENTRYPOINT [\"/app\"], with double quotes.",
            reference: dockerfileReference + "#shell-and-exec-form")
    ) { image in
        guard !image.hasShell else { return [] }
        let result = image.result
        let ignoresCommand = result.entryPoint.map { !$0.isJSON && !$0.words.isEmpty } ?? false
        let commands = [result.entryPoint, ignoresCommand ? nil : result.command, result.healthCheck].compactMap { $0 }
        return commands.compactMap { image.shellObservation(of: $0) }
    }

    static let dockerfileRunInScratch = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-run-in-scratch", level: .error, summary: "RUN in an image without a shell",
            rationale:
                "RUN runs its command with the shell of the image that is being built. scratch has no shell, so the build fails.",
            detection:
                "A RUN in the final stage, or in a stage that it is based on; or a RUN in exec form of a program that no COPY or "
                + "ADD brings. A --mount that brings the shell or the program is accepted.",
            limits: "A copied folder that may contain /bin/sh is assumed to bring it.",
            remedy: "Run the command in the build stage, and COPY the result.", reference: dockerfileReference + "#run")
    ) { image, context in
        guard !image.hasShell else { return [] }
        return image.instructions("RUN").compactMap { run in
            let program = run.isJSON ? run.words.first?.text ?? "" : image.result.shell
            let paths = image.paths(of: program) ?? []
            let mounts = run.mounts.filter { ["bind", nil].contains($0["type"]) }.compactMap { $0["target"]?.path() }
            guard !paths.contains(where: { path in mounts.contains { path.isIn($0) } }) else { return nil }
            if run.isJSON {
                guard image.baseHasNoPrograms, !program.contains("$"), !paths.isEmpty,
                    !paths.contains(where: { image.mayBring($0, in: context) })
                else { return nil }
                return .init(
                    at: run.place, "the build fails: the image has no \(program)", evidence: "RUN \(run.excerpt)")
            }
            return .init(
                at: run.place, "the build fails: the image has no shell for RUN", evidence: "RUN \(run.excerpt)")
        }
    }
}

extension FinalImage {
    /// Whether the image has a shell, or a copied folder may contain one.
    fileprivate var hasShell: Bool {
        baseHasShell || copies.contains { $0.seemsToBring(result.shell, isProgram: { _ in true }) }
    }

    fileprivate func shellObservation(of instruction: Dockerfile.Instruction) -> Rule.Observation? {
        let isCheck = instruction.keyword == "HEALTHCHECK"
        let words = isCheck ? Array(instruction.words.dropFirst()) : instruction.words
        guard !isCheck || instruction.words.first?.text.uppercased() == "CMD" else { return nil }
        guard let word = words.first, let place = instruction.words.first?.place else { return nil }
        let remedy = isCheck ? "HEALTHCHECK CMD [\"/app\", \"health\"], with a program of the image." : nil
        let evidence = "\(instruction.keyword) \(instruction.excerpt)"
        guard instruction.isJSON else {
            let hint = word.text.hasPrefix("[") ? ": JSON needs double quotes" : ""
            return .init(
                at: place, "\(instruction.keyword) needs a shell, and the image has none\(hint)", evidence: evidence,
                remedy: remedy)
        }
        // The words of a CMD behind an ENTRYPOINT are arguments.
        guard instruction.keyword != "CMD" || startingInstruction?.keyword == "CMD" else { return nil }
        let isShell = word.text.isShell
        guard isShell || word.text.isShellScript else { return nil }
        let isBrought = (paths(of: word.text) ?? []).contains { path in
            copies.contains { $0.seemsToBring(path, isProgram: { _ in true }) }
        }
        guard !isShell || !isBrought else { return nil }
        return .init(
            at: place,
            isShell
                ? "\(instruction.keyword) starts \(word.text), and the image has no shell"
                : "the script \(word.text) needs a shell, and the image has none",
            evidence: evidence, remedy: remedy ?? "Start the program itself: ENTRYPOINT [\"/app\"].")
    }
}

extension Dockerfile.Instruction {
    /// The text as evidence shows it.
    var excerpt: String { textWithDocuments.excerpt }
}

extension String {
    /// The first line, cut to 80 characters, as evidence shows it.
    var excerpt: String {
        let line = split(separator: "\n", maxSplits: 1).first ?? ""
        let text = line.drop { $0 == " " }.prefix(81)
        return text.count > 80 ? text.prefix(79) + "…" : String(String(text.reversed().drop { $0 == " " }.reversed()))
    }
}
