import Verification

extension DockerfileRule {
    private static let reference = "https://docs.docker.com/reference/dockerfile/"

    static let rootUser = DockerfileRule(
        "root-user", .error, "The image runs as root",
        why:
            "A fault in the program is worth more to an attacker as root, and clusters that demand runAsNonRoot refuse the image.",
        how:
            "The final stage and those that it is made from have no USER, or the last one is root or 0; distroless tags with "
            + "nonroot have a user of their own.",
        limits: "A base of one's own that is named distroless and sets a user.",
        remedy: "USER 65532:65532 before ENTRYPOINT.", reference: reference + "#user"
    ) { subject in
        let last = subject.instructions("USER").last
        if last == nil, subject.kind == .distroless,
            subject.base.contains("nonroot") || subject.base.hasPrefix("cgr.dev/chainguard/")
        {
            return []
        }
        guard let last, let word = last.words.first else {
            return [
                .init(
                    place: subject.final.from.place, message: "the image runs as root: it has no USER",
                    evidence: "FROM \(subject.final.base)")
            ]
        }
        let name = subject.userName(word)
        guard name == "root" || UInt32(name) == 0 else { return [] }
        return [.init(place: word.place, message: "the image runs as root", evidence: "USER \(word.text)")]
    }

    static let unknownUser = DockerfileRule(
        "unknown-user", .error, "USER is a name that the image does not know",
        why: "Runtimes look the name up in the image's own /etc/passwd; without it no container starts.",
        how:
            "The last USER is a name, and nothing copies an /etc/passwd to the image in which the builder has made that user.",
        limits: "An /etc/passwd of the build context is taken to hold the name.",
        remedy: "USER 65532:65532, which needs no /etc/passwd.", reference: reference + "#user"
    ) { subject in
        guard let (word, name) = subject.namedUser else { return [] }
        if subject.kind == .distroless, ["nonroot", "nobody"].contains(name) { return [] }
        let brought = subject.copies.filter { $0.mayBring("/etc/passwd") }
        let isKnown = brought.contains { copy in
            guard let stage = copy.stage else { return true }
            return subject.file.lineage(of: stage).contains { index in
                subject.file.stages[index].instructions.contains { instruction in
                    ["RUN", "COPY"].contains(instruction.keyword)
                        && instruction.text.split(whereSeparator: {
                            !$0.isLetter && !$0.isNumber && !"_-$".contains($0)
                        })
                        .contains { $0 == name || ($0.hasPrefix("$") && instruction.keyword == "RUN") }
                }
            } || ["nobody", "daemon"].contains(name)
        }
        guard !isKnown else { return [] }
        return [
            .init(
                place: word.place, message: "no container starts: the image has no user '\(name)'",
                evidence: "USER \(word.text)" + (brought.isEmpty ? ", and no /etc/passwd is copied" : ""))
        ]
    }

    static let userName = DockerfileRule(
        "user-name", .warning, "USER is no number",
        why: "Kubernetes does not look into images: with runAsNonRoot it refuses a user that is no number.",
        how: "The last USER of the final image is a name other than root.", limits: "Nothing.",
        remedy: "USER 65532:65532.", reference: "https://github.com/kubernetes/kubernetes/pull/56503"
    ) { subject in
        guard let (word, name) = subject.namedUser else { return [] }
        return [
            .init(
                place: word.place, message: "Kubernetes with runAsNonRoot refuses the image: '\(name)' is no number",
                evidence: "USER \(word.text)")
        ]
    }

    static let wholePasswd = DockerfileRule(
        "whole-passwd", .warning, "The builder's whole /etc/passwd is copied",
        why:
            "It brings some twenty users that have no business in the image, root with a shell among them, and changes with "
            + "every release of the builder's image.",
        how: "A COPY --from a stage of its /etc/passwd, /etc/group or /etc/shadow.",
        limits: "A file that a stage has written anew at that path.",
        remedy: "Write a file of its own with one line, /rootfs/etc/passwd, and copy that; a numeric USER needs none.",
        reference: reference + "#copy"
    ) { subject in
        subject.copies.filter { $0.instruction.flag("from") != nil }.flatMap { copy in
            copy.sources.filter { ["/etc/passwd", "/etc/group", "/etc/shadow"].contains($0.text) }.map { source in
                .init(
                    place: source.place, message: "all users of the builder come into the image",
                    evidence: "COPY \(source.text)")
            }
        }
    }

    static let shellForm = DockerfileRule(
        "shell-form", .error, "ENTRYPOINT or CMD needs a shell",
        why:
            "What is no JSON array is run by /bin/sh -c, and there is no shell: exec fails with 'no such file or directory'. A "
            + "shell would keep signals from the program, too.",
        how:
            "The last ENTRYPOINT, CMD or HEALTHCHECK of the final image is no JSON array; one with single quotes is none.",
        limits: "A shell that is copied into the image: then the finding may be ignored.",
        remedy: "ENTRYPOINT [\"/app\"], with double quotes.", reference: reference + "#shell-and-exec-form"
    ) { subject in
        ["ENTRYPOINT", "CMD", "HEALTHCHECK"].compactMap { keyword in
            guard let last = subject.instructions(keyword).last, !last.isJSON, let word = last.words.first else {
                return nil
            }
            if keyword == "HEALTHCHECK" {
                guard word.text.uppercased() == "CMD", last.words.count > 1, !last.words[1].text.hasPrefix("[") else {
                    return nil
                }
            }
            let hint = word.text.hasPrefix("[") ? ": it is no JSON, which has double quotes" : ""
            return .init(
                place: word.place, message: "\(keyword) is run by a shell, and there is none\(hint)",
                evidence: "\(keyword) \(last.text.excerpt)")
        }
    }

    static let entryPoint = DockerfileRule(
        "entry-point", .error, "ENTRYPOINT names what is not in the image",
        why: "The runtime looks the program up in the image alone.",
        how:
            "The final image is from scratch, and no COPY or ADD brings a file to the path that ENTRYPOINT or CMD names; or "
            + "there is neither.",
        limits: "Copies of whole folders are taken to bring it.",
        remedy: "COPY --from=build /out/app /app and ENTRYPOINT [\"/app\"].", reference: reference + "#entrypoint"
    ) { subject in
        guard subject.kind == .scratch else { return [] }
        // An empty array takes back the one before.
        let isGiven = { (instruction: Dockerfile.Instruction) in !(instruction.isJSON && instruction.words.isEmpty) }
        let last = ["ENTRYPOINT", "CMD"].compactMap { subject.instructions($0).last }.first(where: isGiven)
        guard let instruction = last else {
            return [
                .init(
                    place: subject.final.from.place,
                    message: "a container of the image starts nothing: there is no ENTRYPOINT",
                    evidence: "FROM \(subject.final.base)")
            ]
        }
        guard instruction.isJSON, let word = instruction.words.first else { return [] }
        let path = word.text.hasPrefix("/") ? word.text : nil
        guard !subject.copies.contains(where: { $0.mayBring(path ?? $0.target ?? "", isGenerous: true) }) else {
            return []
        }
        return [
            .init(
                place: word.place, message: "no container starts: nothing is copied to \(word.text)",
                evidence: "\(instruction.keyword) \(instruction.text.excerpt)")
        ]
    }

    static let runInScratch = DockerfileRule(
        "run-in-scratch", .error, "RUN in an image without a shell",
        why: "RUN is executed in the image that is being built, and scratch has nothing to execute: the build fails.",
        how: "A RUN in the final stage, or one that it is made from.", limits: "A shell that was copied there before.",
        remedy: "Do it in the builder's stage, and COPY the result.", reference: reference + "#run"
    ) { subject in
        // The exec form runs a program that was copied, and needs no shell.
        subject.instructions("RUN").filter { !$0.isJSON }.map {
            .init(
                place: $0.place, message: "the build fails: there is no shell to run it",
                evidence: "RUN \($0.text.excerpt)")
        }
    }
}

extension DockerfileSubject {
    /// What stands before the colon of a USER, without quotes and with what is known of variables.
    fileprivate func userName(_ word: Dockerfile.Word) -> String {
        let text = Variables.unquoted(word.text)
        let filled = Variables.filled(text, from: variables(in: lineage.last ?? 0)) ?? text
        return filled.split(separator: ":").first.map(String.init) ?? ""
    }

    /// The last USER, where it is a name other than root.
    fileprivate var namedUser: (word: Dockerfile.Word, name: String)? {
        guard let word = instructions("USER").last?.words.first else { return nil }
        let name = userName(word)
        guard !name.isEmpty, name != "root", UInt32(name) == nil, !name.hasPrefix("$") else { return nil }
        return (word, name)
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
