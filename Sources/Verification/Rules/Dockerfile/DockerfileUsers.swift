import Dockerfiles

extension Rule {
    static let dockerfileRootUser = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-root-user", level: .error, summary: "The image runs as root",
            rationale:
                "A fault in the program is worth more to an attacker as root, and clusters that demand runAsNonRoot refuse the image.",
            detection:
                "The final stage and those that it is made from have no USER, or the last one is root or 0; distroless tags with "
                + "nonroot have a user of their own.",
            limits: "A base of one's own that is named distroless and sets a user.",
            remedy: "USER 65532:65532 before ENTRYPOINT.", reference: dockerfileReference + "#user")
    ) { image in
        let last = image.instructions("USER").last
        if last == nil, image.kind == .distroless,
            image.base.contains("nonroot") || image.base.hasPrefix("cgr.dev/chainguard/")
        {
            return []
        }
        guard let last, let word = last.words.first else {
            return [
                .init(
                    at: image.final.from.place, "the image runs as root: it has no USER",
                    evidence: "FROM \(image.final.base)")
            ]
        }
        let name = image.userName(word)
        guard name == "root" || UInt32(name) == 0 else { return [] }
        return [.init(at: word.place, "the image runs as root", evidence: "USER \(word.text)")]
    }

    static let dockerfileUnknownUser = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-unknown-user", level: .error,
            summary: "USER is a name that the image does not know",
            rationale: "Runtimes look the name up in the image's own /etc/passwd; without it no container starts.",
            detection:
                "The last USER is a name, and nothing copies an /etc/passwd to the image in which the builder has made that user.",
            limits: "An /etc/passwd of the build context is taken to hold the name.",
            remedy: "USER 65532:65532, which needs no /etc/passwd.", reference: dockerfileReference + "#user")
    ) { image in
        guard let (word, name) = image.namedUser else { return [] }
        if image.kind == .distroless, ["nonroot", "nobody"].contains(name) { return [] }
        let brought = image.copies.filter { $0.mayBring("/etc/passwd") }
        let isKnown = brought.contains { copy in
            guard let stage = copy.stage else { return true }
            return image.file.lineage(of: stage).contains { index in
                image.file.stages[index].instructions.contains { instruction in
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
                at: word.place, "no container starts: the image has no user '\(name)'",
                evidence: "USER \(word.text)" + (brought.isEmpty ? ", and no /etc/passwd is copied" : ""))
        ]
    }

    static let dockerfileUserName = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-user-name", level: .warning, summary: "USER is no number",
            rationale: "Kubernetes does not look into images: with runAsNonRoot it refuses a user that is no number.",
            detection: "The last USER of the final image is a name other than root.", limits: "Nothing.",
            remedy: "USER 65532:65532.", reference: "https://github.com/kubernetes/kubernetes/pull/56503")
    ) { image in
        guard let (word, name) = image.namedUser else { return [] }
        return [
            .init(
                at: word.place, "Kubernetes with runAsNonRoot refuses the image: '\(name)' is no number",
                evidence: "USER \(word.text)")
        ]
    }

    static let dockerfileWholePasswd = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-whole-passwd", level: .warning,
            summary: "The builder's whole /etc/passwd is copied",
            rationale:
                "It brings some twenty users that have no business in the image, root with a shell among them, and changes with "
                + "every release of the builder's image.",
            detection: "A COPY --from a stage of its /etc/passwd, /etc/group or /etc/shadow.",
            limits: "A file that a stage has written anew at that path.",
            remedy:
                "Write a file of its own with one line, /rootfs/etc/passwd, and copy that; a numeric USER needs none.",
            reference: dockerfileReference + "#copy")
    ) { image in
        image.copies.filter { $0.instruction.flag("from") != nil }.flatMap { copy in
            copy.sources.filter { ["/etc/passwd", "/etc/group", "/etc/shadow"].contains($0.text) }.map { source in
                .init(
                    at: source.place, "all users of the builder come into the image",
                    evidence: "COPY \(source.text)")
            }
        }
    }
}

extension FinalImage {
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
