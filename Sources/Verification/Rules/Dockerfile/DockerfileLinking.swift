import Dockerfiles

extension Rule {
    static let dockerfileLinking = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-linking", level: .warning,
            summary: "Whether the program is static depends on its packages",
            rationale:
                "If only net and os/user use C, Go links the program itself and ignores -extldflags, so the program needs a dynamic "
                + "loader. If the program imports C itself, gcc links it, and the tags netgo and osusergo do not make it static.",
            detection:
                "A go build as for dockerfile-cgo, which has -static in -extldflags without -linkmode=external, or the tags netgo and "
                + "osusergo without either.",
            limits: "As for dockerfile-cgo. The packages are not looked at.",
            remedy:
                "CGO_ENABLED=0 go build … for a program that does not import C, -ldflags='-linkmode=external -extldflags=-static' "
                + "for one that does.",
            reference: "https://pkg.go.dev/cmd/cgo")
    ) { image in
        image.goBuilds(usingCgo: [.ifItImportsC, .ifNothingElseUsesC]).map { build in
            .init(
                at: build.instruction.place,
                build.linking == .ifItImportsC
                    ? "-static in -extldflags has an effect only if the program imports C itself: otherwise it may need a loader"
                    : "netgo and osusergo make the program static only if it does not import C itself",
                evidence: "RUN \(build.instruction.excerpt)")
        }
    }

    static let dockerfilePIE = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-pie", level: .error, summary: "The program is position-independent, and dynamic",
            rationale:
                "With -buildmode=pie Go writes a program that names a dynamic loader, also without cgo. The image has none: exec fails "
                + "with 'no such file or directory'.",
            detection:
                "A go build for Linux in a stage that the image copies from has -buildmode=pie, itself or by GOFLAGS, without "
                + "-linkmode=external and -static in -extldflags.",
            limits: "Builds by make or a script.",
            remedy:
                "Leave -buildmode=pie out, or link with CGO_ENABLED=1 -ldflags='-linkmode=external -extldflags=-static-pie'.",
            reference: "https://pkg.go.dev/cmd/go#hdr-Build_modes")
    ) { image in
        guard image.hasNoLibraries else { return [] }
        return image.goBuilds.filter { $0.isDynamicPIE && image.mayBeCopied($0) }.map { build in
            .init(
                at: build.instruction.place, "the program needs a loader that the image does not have: -buildmode=pie",
                evidence: "RUN \(build.instruction.excerpt)")
        }
    }
}

extension GoBuild {
    /// Whether the program is position-independent and needs a loader. Without cgo, flags for the C linker have no effect.
    fileprivate var isDynamicPIE: Bool {
        guard isPIE else { return false }
        return switch linking {
        case .never, .ifNothingElseUsesC: true
        case .ifItImportsC: cgo?.value == .known("0")
        case .always, .unknown: false
        }
    }
}

extension FinalImage {
    /// The builds that may use cgo and whose program may be copied into an image without a C library.
    ///
    /// - Parameter linking: What their flags say.
    func goBuilds(usingCgo linking: Set<Linking>) -> [GoBuild] {
        guard hasNoLibraries else { return [] }
        return goBuilds.filter { linking.contains($0.linking) && mayUseCgo($0) && mayBeCopied($0) }
    }

    /// Whether the program of a build may get into the image. One that no copy names may be moved before; but not if another build
    /// of the stage writes what is copied.
    fileprivate func mayBeCopied(_ build: GoBuild) -> Bool {
        let isNamed = build.output.map { isCopied($0, from: build.stage) }
        guard isNamed == false || isNamed == nil && build.mayBeDiscarded else { return true }
        return !goBuilds.contains { other in
            other.stage == build.stage && other.output.map { isCopied($0, from: build.stage) } ?? false
        }
    }

    /// Whether a copy names a file of a stage, or a folder around it.
    private func isCopied(_ path: String, from stage: Int) -> Bool {
        stages.values.flatMap(\.copies).contains { copy in
            guard let from = copy.stage, file.lineage(of: from).contains(stage) else { return false }
            return copy.sources.contains { source in
                guard source.name != nil, let own = source.path else { return true }
                return path.isIn(own.path())
            }
        }
    }

    private func mayUseCgo(_ build: GoBuild) -> Bool {
        guard let stage = stages[build.stage], stage.isImageKnown else { return false }
        guard !stage.verifications.contains(where: { $0.first == "xx-verify" && $0.contains("--static") }) else {
            return false
        }
        switch build.cgo?.value {
        case .unknown, .known("0"): return false
        case .known("1"): return true
        case .known, .unset, nil: return !stage.hasNoCompiler
        }
    }
}
