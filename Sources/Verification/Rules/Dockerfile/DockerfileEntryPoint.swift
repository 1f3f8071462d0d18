import Dockerfiles

extension Rule {
    static let dockerfileEntryPoint = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-entry-point", level: .error,
            summary: "ENTRYPOINT or HEALTHCHECK names a file that is not in the image",
            rationale:
                "The runtime looks for the program only in the image. If it is not there, no container starts, or none is ever "
                + "healthy.",
            detection:
                "In an image from scratch, or from one of the distroless images static, base and cc, no COPY or ADD puts a file at the "
                + "path that ENTRYPOINT, CMD or HEALTHCHECK names; or both ENTRYPOINT and CMD are missing. A path with a slash starts "
                + "from WORKDIR. A name without one is looked up in PATH. Variables in the exec form are not filled in. A file that is "
                + "copied to an existing folder is put into it. A source that exists as a file beside the Dockerfile is not taken for a "
                + "folder. A stage of FROM scratch with nothing but COPY, ADD, ARG, LABEL and WORKDIR is taken for files that are "
                + "exported with --output, and needs no ENTRYPOINT.",
            limits:
                "A copy that may be a whole folder is assumed to contain the file. Paths that depend on values which only the "
                + "builder knows are not looked at.",
            remedy: "COPY --from=build /out/app /app and ENTRYPOINT [\"/app\"].",
            reference: dockerfileReference + "#entrypoint")
    ) { image, context in
        guard !image.isExport else { return [] }
        guard let instruction = image.startingInstruction else {
            guard image.baseHasNoPrograms else { return [] }
            return [
                .init(
                    at: image.final.from.place, "a container of the image starts nothing: ENTRYPOINT is missing",
                    evidence: "FROM \(image.final.base)")
            ]
        }
        return [instruction, image.result.healthCheck].compactMap { $0 }.compactMap {
            image.observation(of: $0, in: context)
        }
    }

    static let dockerfileNotExecutable = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-not-executable", level: .error,
            summary: "The program is copied without execute permission",
            rationale: "exec fails with 'permission denied', for root too if no execute bit is set.",
            detection:
                "The last COPY or ADD that puts a file at the path of ENTRYPOINT has a --chmod in octal without an execute bit; or "
                + "without one for a user who is not the owner root, if USER is a number other than 0; or it is an ADD of a URL without "
                + "--chmod, which gives the file the mode 0600.",
            limits: "Files that lose the bit before they are copied, and --chmod in symbols.",
            remedy: "--chmod=0555.", reference: dockerfileReference + "#copy---chmod")
    ) { image in
        guard let paths = image.programPaths,
            let copy = image.copies.last(where: { copy in paths.contains { copy.puts($0) } })
        else { return [] }
        if copy.instruction.flag("chmod") == nil {
            return copy.sources.filter(\.isDownload).map { source in
                .init(
                    at: source.word.place,
                    "no container of the image starts: what ADD downloads has the mode 0600, which does not allow to execute it",
                    evidence: "ADD \(source.word.text)")
            }
        }
        guard let mode = copy.mode.flatMap({ UInt32($0, radix: 8) }), let flag = copy.instruction.flag("chmod")
        else { return [] }
        let needed: UInt32 = image.runsAsOther && copy.instruction.flag("chown") == nil ? 0o011 : 0o111
        guard mode & needed == 0 else { return [] }
        return [
            .init(
                at: flag.place,
                "no container of the image starts: mode \(copy.mode ?? "") does not allow to execute the program",
                evidence: "--chmod=\(copy.mode ?? "")")
        ]
    }
}

extension FinalImage {
    /// Whether USER is the number of another user than root. Without a group it runs in group 0.
    fileprivate var runsAsOther: Bool {
        guard let name = result.user?.value.text?.split(separator: ":").first, let number = UInt32(name) else {
            return false
        }
        return number != 0
    }

    /// What is wrong with the program that an instruction in exec form starts.
    fileprivate func observation(of instruction: Dockerfile.Instruction, in context: BuildContext) -> Rule.Observation?
    {
        let isCheck = instruction.keyword == "HEALTHCHECK"
        guard instruction.isJSON, let word = instruction.words.dropFirst(isCheck ? 1 : 0).first,
            let fault = fault(ofProgram: word.text, in: context)
        else { return nil }
        let command = isCheck ? "HEALTHCHECK CMD" : instruction.keyword
        let isVariable = !VariableNames.used(in: word.text).isEmpty
        return .init(
            at: word.place,
            "\(isCheck ? "no container is ever healthy" : "no container of the image starts"): \(fault)",
            evidence: "\(instruction.keyword) \(instruction.excerpt)",
            remedy: isCheck || isVariable ? "Name a program of the image by its path: \(command) [\"/app\"]." : nil)
    }

    private func fault(ofProgram name: String, in context: BuildContext) -> String? {
        if VariableNames.used(in: name).isEmpty == false, !copies.contains(where: { $0.target?.contains("$") ?? false })
        {
            return "the exec form does not fill in \(name)"
        }
        guard baseHasNoPrograms, let paths = paths(of: name), !paths.isEmpty,
            !paths.contains(where: { mayBring($0, in: context) })
        else { return nil }
        // The rule about shells reports these.
        guard !name.isShellScript, !["sh", "bash", "ash", "dash"].contains(name.lastComponent) else { return nil }
        if !name.contains("/") { return "\(name) is in no folder of PATH (\(searchPath ?? ""))" }
        let path = paths[0]
        let hint = path == name ? "" : ", which is \(path)"
        let folder = result.folders.contains(path) ? ": it is a folder" : ""
        return "nothing is copied to \(name)\(hint)\(folder)"
    }
}
