import Dockerfiles

extension Rule {
    static let dockerfileFixedPlatform = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-fixed-platform", level: .error,
            summary: "The program is built for a fixed platform",
            rationale:
                "An image for arm64 then contains a program for amd64, which does not start. The build gives no error.",
            detection:
                "The file uses platform arguments, and contains a go build with a literal GOARCH or GOOS, or a go build without "
                + "GOARCH in a stage for the builder's platform; or the final stage is for the builder's platform.",
            limits: "Builds by make or a script.",
            remedy: "ARG TARGETOS TARGETARCH in the stage, and GOOS=${TARGETOS} GOARCH=${TARGETARCH} go build ….",
            reference: dockerfilePlatforms)
    ) { image in
        guard image.isMultiPlatform else { return [] }
        let final = image.final.from.flag("platform").map { flag -> [Observation] in
            guard Variables.names(in: flag.text).contains("BUILDPLATFORM") else { return [] }
            return [
                .init(
                    at: flag.place, "the image is always for the builder's platform",
                    evidence: "FROM --platform=\(flag.text)", remedy: "FROM \(image.final.base) without --platform.")
            ]
        }
        return (final ?? []) + image.goBuilds.flatMap { stage, run in observations(of: run, in: stage, image) }
    }

    private static func observations(
        of run: Dockerfile.Instruction, in stage: Int, _ image: FinalImage
    ) -> [Observation] {
        guard !run.text.contains("xx-go") else { return [] }
        let environment = image.file.lineage(of: stage).flatMap { image.file.stages[$0].instructions }
            .filter { ["ENV", "ARG"].contains($0.keyword) && $0.place < run.place }
        func value(_ name: String) -> (text: String, place: Dockerfile.Place)? {
            if let own = run.shellValue(of: name) { return (own, run.place) }
            return environment.flatMap(\.assignments).last { $0.name.text == name }
                .flatMap { assignment in assignment.value.map { ($0, assignment.name.place) } }
        }
        let fixed = ["GOARCH", "GOOS"].compactMap { name -> Observation? in
            guard let value = value(name), !value.text.contains("$"), !(name == "GOOS" && value.text == "linux") else {
                return nil
            }
            return .init(
                at: value.place, "the image for every platform contains a program for \(value.text)",
                evidence: "\(name)=\(value.text)")
        }
        let isOnBuilder = image.file.lineage(of: stage).contains { index in
            image.file.stages[index].from.flag("platform").map {
                Variables.names(in: $0.text).contains("BUILDPLATFORM")
            }
                ?? false
        }
        guard isOnBuilder, value("GOARCH") == nil, !run.text.contains("GOARCH") else { return fixed }
        return fixed + [
            .init(
                at: run.place,
                "the image for every platform contains a program for the builder's platform: GOARCH is not set",
                evidence: "RUN \(run.text.excerpt)")
        ]
    }
}
