import Dockerfiles

extension Rule {
    static let dockerfileRootUser = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-root-user", level: .error, summary: "The image runs as root",
            rationale:
                "A flaw in the program is worth more to an attacker as root, and clusters that require runAsNonRoot refuse the image.",
            detection:
                "The final stage and the stages it is based on have no USER, or the last USER is root or 0. Distroless tags with "
                + "nonroot set another user.",
            limits: "A private base image that is named distroless and sets a user.",
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
            rationale:
                "Runtimes look up the name in the image's own /etc/passwd. If it is not there, no container starts.",
            detection:
                "The last USER is a name, and no copied /etc/passwd contains it, as far as the build stages show.",
            limits: "An /etc/passwd from the build context is assumed to contain the name.",
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
                at: word.place, "no container of the image starts: the image has no user '\(name)'",
                evidence: "USER \(word.text)" + (brought.isEmpty ? ", and no /etc/passwd is copied" : ""))
        ]
    }

    static let dockerfileUserName = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-user-name", level: .warning, summary: "USER is not a number",
            rationale:
                "Kubernetes does not look into images: with runAsNonRoot it refuses a user that is not a number.",
            detection: "The last USER of the final image is a name other than root.", limits: "Nothing.",
            remedy: "USER 65532:65532.", reference: "https://github.com/kubernetes/kubernetes/pull/56503")
    ) { image in
        guard let (word, name) = image.namedUser else { return [] }
        return [
            .init(
                at: word.place, "Kubernetes with runAsNonRoot refuses the image: '\(name)' is not a number",
                evidence: "USER \(word.text)")
        ]
    }

    static let dockerfileWholePasswd = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-whole-passwd", level: .warning,
            summary: "The builder's whole /etc/passwd is copied",
            rationale:
                "It adds about twenty users that the image does not need, including root with a shell, and changes with every "
                + "release of the build image.",
            detection: "A COPY --from of /etc/passwd, /etc/group or /etc/shadow.",
            limits: "A stage may have replaced the file before.",
            remedy:
                "Write a file with one line, /rootfs/etc/passwd, and copy that. A numeric USER needs no /etc/passwd.",
            reference: dockerfileReference + "#copy")
    ) { image in
        image.copies.filter { $0.instruction.flag("from") != nil }.flatMap { copy in
            copy.sources.filter { ["/etc/passwd", "/etc/group", "/etc/shadow"].contains($0.text) }.map { source in
                .init(
                    at: source.place, "the image gets all users of the build stage",
                    evidence: "COPY \(source.text)")
            }
        }
    }
}

extension FinalImage {
    /// The part of a USER before the colon, without quotes, with known variables filled in.
    fileprivate func userName(_ word: Dockerfile.Word) -> String {
        let text = Variables.unquoted(word.text)
        let filled = Variables.filled(text, from: variables(in: lineage.last ?? 0)) ?? text
        return filled.split(separator: ":").first.map(String.init) ?? ""
    }

    /// The last USER; nil if it is missing, a number or root.
    fileprivate var namedUser: (word: Dockerfile.Word, name: String)? {
        guard let word = instructions("USER").last?.words.first else { return nil }
        let name = userName(word)
        guard !name.isEmpty, name != "root", UInt32(name) == nil, !name.hasPrefix("$") else { return nil }
        return (word, name)
    }
}
