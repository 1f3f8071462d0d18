import Dockerfiles

extension Rule {
    static let dockerfileFixedPlatform = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-fixed-platform", level: .error,
            summary: "The program is built for a fixed platform",
            rationale:
                "An image for arm64 then contains a program for amd64, which does not start. The build gives no error.",
            detection:
                "The file uses platform arguments, and contains a go build for Linux with a literal GOARCH or that of BUILDARCH, or one "
                + "without GOARCH in a stage for the builder's platform; or the final stage is for the builder's platform.",
            limits: "Builds by make or a script.",
            remedy: "ARG TARGETOS TARGETARCH in the stage, and GOOS=${TARGETOS} GOARCH=${TARGETARCH} go build ….",
            reference: dockerfilePlatforms)
    ) { image in
        guard image.isMultiPlatform else { return [] }
        let final = image.final.from.flag("platform").map { flag -> [Observation] in
            guard VariableNames.used(in: flag.text).contains("BUILDPLATFORM") else { return [] }
            return [
                .init(
                    at: flag.place, "the image is always for the builder's platform",
                    evidence: "FROM --platform=\(flag.text)", remedy: "FROM \(image.final.base) without --platform.")
            ]
        }
        return (final ?? []) + image.goBuilds.flatMap { observations(of: $0, image) }
    }

    private static func observations(of build: GoBuild, _ image: FinalImage) -> [Observation] {
        guard !build.isCrossCompiler else { return [] }
        let run = build.instruction
        if let setting = build.architecture {
            if let text = image.builderArchitecture(in: build) {
                return [
                    .init(
                        at: setting.place ?? run.place,
                        "the image for every platform contains a program for the builder's platform", evidence: text)
                ]
            }
            guard setting.isLiteral, let value = setting.value.text, !value.isEmpty else { return [] }
            return [
                .init(
                    at: setting.place ?? run.place, "the image for every platform contains a program for \(value)",
                    evidence: "GOARCH=\(value)")
            ]
        }
        let isOnBuilder = image.file.lineage(of: build.stage).contains { index in
            image.file.stages[index].from.flag("platform").map {
                VariableNames.used(in: $0.text).contains("BUILDPLATFORM")
            } ?? false
        }
        guard isOnBuilder, !run.textWithDocuments.contains("GOARCH") else { return [] }
        return [
            .init(
                at: run.place,
                "the image for every platform contains a program for the builder's platform: GOARCH is not set",
                evidence: "RUN \(run.excerpt)")
        ]
    }
}

extension FinalImage {
    /// The assignment by which a build gets the architecture of the builder; nil if there is none.
    fileprivate func builderArchitecture(in build: GoBuild) -> String? {
        guard build.architecture?.value == .unknown else { return nil }
        let settings = file.lineage(of: build.stage).flatMap { file.stages[$0].instructions }.filter {
            $0.keyword == "ENV"
        }
        let texts = [build.instruction.textWithDocuments] + settings.map(\.textWithDocuments)
        let values = ["$BUILDARCH", "${BUILDARCH}", "\"$BUILDARCH\"", "\"${BUILDARCH}\""]
        return values.map { "GOARCH=" + $0 }.first { assignment in texts.contains { $0.contains(assignment) } }
    }
}
