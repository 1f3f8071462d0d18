extension Rule {
    /// The entry point must exist, and the image's user must be allowed to execute it.
    static let entryPoint = Rule(
        RuleDocument(
            identifier: "entry-point", level: .error,
            summary: "The image's entry point cannot be started",
            rationale:
                "The runtime starts the first word of ENTRYPOINT and CMD, looked up along PATH in the image's own "
                + "root. If that does not exist, or the image's user may not execute it, no container of the image "
                + "starts.",
            detection:
                "The layers are joined as a runtime joins them, links are followed inside the root, and the mode is "
                + "compared with the image's user. What no engine starts is an error too: files in the way of what it mounts, volumes "
                + "over that, file capabilities that it does not give, unknown signals.",
            limits:
                "It is not known which programs the entry point starts in turn; all programs of the image are judged. A file with "
                + "capabilities that engines give by default does not start where they are dropped (drop: ALL).",
            remedy:
                "Name the program by its full path in a JSON array, ENTRYPOINT [\"/app\"], and copy it there with "
                + "mode 0555. The shell form would need a /bin/sh.",
            reference: "https://github.com/opencontainers/image-spec/blob/main/config.md"),
        reads: StartedImage.self
    ) { image in
        switch image.entryPoint {
        case .found: []
        case .unnamed:
            [
                .init(
                    "the image has no entry point, so a container starts only if a command is given",
                    evidence: "config.Entrypoint and config.Cmd are empty")
            ]
        case .missing(let path, let reason):
            [.init("no container of this image starts: '\(path)' \(reason)", evidence: "entry point \(path)")]
        case .notExecutable(let path, let mode):
            [
                .init(
                    "exec fails with 'permission denied': the image's user may not execute '\(path)'",
                    evidence: "mode \(mode.octal)")
            ]
        }
    }
}
