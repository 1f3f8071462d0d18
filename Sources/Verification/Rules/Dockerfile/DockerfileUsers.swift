import Dockerfiles

extension Rule {
    static let dockerfileRootUser = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-root-user", level: .warning, summary: "The image runs as root",
            rationale:
                "A flaw in the program is worth more to an attacker as root, and clusters that require runAsNonRoot refuse the image.",
            detection:
                "The final stage and the stages it is based on have no USER, or the last USER is root, 0 or empty. An ARG without a "
                + "default counts as empty, although the builder's command line may set it. Distroless tags with nonroot set another "
                + "user. A stage of FROM scratch with nothing but COPY, ADD, ARG, LABEL and WORKDIR is taken "
                + "for files that are exported with --output, and needs no USER.",
            limits:
                "A private base image that is named distroless and sets a user.",
            remedy: "USER 65532:65532 before ENTRYPOINT.", reference: dockerfileReference + "#user")
    ) { image in
        guard let user = image.result.user else {
            if image.baseHasUser || image.isExport { return [] }
            return [
                .init(
                    at: image.final.from.place, "the image runs as root: it has no USER",
                    evidence: "FROM \(image.final.base)")
            ]
        }
        guard let name = user.userName ?? user.defaultUserName, name == "root" || name.isEmpty || UInt32(name) == 0
        else { return [] }
        let condition = user.userName == nil ? ", unless the builder's command line names another user" : ""
        return [.init(at: user.word.place, "the image runs as root\(condition)", evidence: "USER \(user.word.text)")]
    }

    static let dockerfileUnknownUser = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-unknown-user", level: .error,
            summary: "USER is a name that the image does not know",
            rationale:
                "Runtimes look up the names of user and group in the image's own /etc/passwd and /etc/group. If one is not "
                + "there, no container starts.",
            detection:
                "The last USER has a name, and no copied /etc/passwd (for the group: /etc/group) contains it, as far as the build "
                + "stages show.",
            limits: "Files from the build context are assumed to contain the name.",
            remedy: "USER 65532:65532, which needs no /etc/passwd.", reference: dockerfileReference + "#user")
    ) { image in
        guard let user = image.result.user else { return [] }
        return Account.allCases.compactMap { account in
            guard let name = user.name(of: account), !name.isEmpty, name != "root", UInt32(name) == nil,
                image.kind != .distroless || !account.namesInDistroless.contains(name)
            else { return nil }
            let brought = image.copies.filter { $0.seemsToBring(account.file, isProgram: { $0 == image.programName }) }
            guard !image.knows(name, from: brought) else { return nil }
            return .init(
                at: user.word.place, "no container of the image starts: the image has no \(account.rawValue) '\(name)'",
                evidence: "USER \(user.word.text)" + (brought.isEmpty ? ", and no \(account.file) is copied" : ""))
        }
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
            copy.sources.filter { ["/etc/passwd", "/etc/group", "/etc/shadow"].contains($0.path) }.map { source in
                .init(
                    at: source.word.place, "the image gets all users of the build stage",
                    evidence: "COPY \(source.word.text)")
            }
        }
    }
}

/// The two parts of a USER, and where a runtime looks them up.
private enum Account: String, CaseIterable {
    case user, group

    var file: String { self == .user ? "/etc/passwd" : "/etc/group" }

    /// The names in the files of every distroless image
    /// (https://github.com/GoogleContainerTools/distroless, common).
    var namesInDistroless: Set<String> {
        self == .user ? ["nonroot", "nobody"] : ["nonroot", "nobody", "tty", "staff"]
    }
}

extension ResolvedStage.Resolved {
    /// The part of a USER before the colon; nil if it is not known.
    fileprivate var userName: String? { name(of: .user) }

    /// The part before the colon if the builder's command line sets nothing; nil if it is not known.
    fileprivate var defaultUserName: String? { name(of: .user, in: byDefault) }

    /// A part of a USER, empty if it is missing; nil if it is not known.
    fileprivate func name(of account: Account) -> String? { name(of: account, in: value) }

    private func name(of account: Account, in value: Value) -> String? {
        value.text.map { text in
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (account == .user ? parts.first : parts.dropFirst().first).map(String.init) ?? ""
        }
    }
}

extension FinalImage {
    /// The last USER; nil if it is missing, not known, a number or root.
    fileprivate var namedUser: (word: Dockerfile.Word, name: String)? {
        guard let user = result.user, let name = user.userName, !name.isEmpty, name != "root", UInt32(name) == nil
        else {
            return nil
        }
        return (user.word, name)
    }

    /// Whether copies bring a list of users that may contain a name.
    fileprivate func knows(_ name: String, from copies: [Copy]) -> Bool {
        if copies.contains(where: { $0.stage == nil && !$0.sources.allSatisfy(\.isDocument) }) { return true }
        if !copies.isEmpty, ["nobody", "daemon"].contains(name) { return true }
        let own = copies.filter { $0.stage == nil }.map(\.instruction)
        let stages = Set(copies.compactMap(\.stage).flatMap(file.lineage))
        return (own + stages.flatMap { file.stages[$0].instructions }).contains { instruction in
            guard ["RUN", "COPY", "ADD"].contains(instruction.keyword) else { return false }
            let words = instruction.textWithDocuments.split { !$0.isLetter && !$0.isNumber && !"_-$".contains($0) }
            return words.contains { $0 == name || $0.hasPrefix("$") && instruction.keyword == "RUN" }
        }
    }
}
