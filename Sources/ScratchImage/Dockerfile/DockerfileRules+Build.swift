import GoBinary
import Text
import Verification

extension DockerfileRule {
    static let platforms = "https://docs.docker.com/build/building/multi-platform/"

    static let cgo = DockerfileRule(
        "cgo", .error, "The program is built with cgo",
        why:
            "Where a C compiler is there, as in golang's images, Go links against the C library, and the program needs a loader "
            + "that the image does not have: exec fails with 'no such file or directory'.",
        how:
            "A go build in a stage that the image copies from, for which CGO_ENABLED is not 0 by ENV, ARG or in the command; "
            + "variables are read as they are written, and cgo_enabled is another.",
        limits: "Builds by make or a script are not seen; one with -extldflags -static is let pass.",
        remedy: "CGO_ENABLED=0 go build …, or ENV CGO_ENABLED=0.", reference: "https://pkg.go.dev/cmd/cgo"
    ) { subject in
        subject.goBuilds.compactMap { stage, run in
            let values = subject.variables(in: stage, before: run.place)
            let value = run.shellValue(of: "CGO_ENABLED") ?? values["CGO_ENABLED"]
            guard value != "0", !run.text.contains("-static"), !run.text.contains("xx-verify --static") else {
                return nil
            }
            let names =
                values.keys
                + run.text.shellWords.compactMap { word in
                    word.firstIndex(of: "=").map { String(word[..<$0]) }
                }
            let misspelt = names.first { name in
                name != "CGO_ENABLED" && Spelling.nearest(to: name.uppercased(), in: ["CGO_ENABLED"]) != nil
            }
            let hint = misspelt.map { ": \($0) is another variable" } ?? (value.map { ": CGO_ENABLED is \($0)" } ?? "")
            return .init(
                place: run.place,
                message: "the program may need a loader that the image does not have, for cgo is on\(hint)",
                evidence: "RUN \(run.text.excerpt)")
        }
    }

    static let fixedPlatform = DockerfileRule(
        "fixed-platform", .error, "The program is built for one platform, whatever is asked for",
        why: "An image for arm64 then holds a program for amd64, which does not start; nothing in the build says so.",
        how:
            "In a file that speaks of the builder's or the target's platform, a go build with a GOARCH or GOOS that is written "
            + "out, or one on the builder's platform without a GOARCH; a final stage on the builder's platform.",
        limits: "Builds by make or a script are not seen.",
        remedy: "ARG TARGETOS TARGETARCH in the stage, and GOOS=${TARGETOS} GOARCH=${TARGETARCH} go build ….",
        reference: platforms
    ) { subject in
        guard subject.isMultiPlatform else { return [] }
        let final = subject.final.from.flag("platform").map { flag -> [Observation] in
            guard Variables.names(in: flag.text).contains("BUILDPLATFORM") else { return [] }
            return [
                .init(
                    place: flag.place, message: "the image is for the builder's platform, whatever is asked for",
                    evidence: "FROM --platform=\(flag.text)", remedy: "FROM \(subject.final.base), without --platform.")
            ]
        }
        return (final ?? []) + subject.goBuilds.flatMap { stage, run in observations(of: run, in: stage, subject) }
    }

    private static func observations(
        of run: Dockerfile.Instruction, in stage: Int, _ subject: DockerfileSubject
    ) -> [Observation] {
        guard !run.text.contains("xx-go") else { return [] }
        let environment = subject.file.lineage(of: stage).flatMap { subject.file.stages[$0].instructions }
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
                place: value.place, message: "every platform's image gets a program for \(value.text)",
                evidence: "\(name)=\(value.text)")
        }
        let isOnBuilder = subject.file.lineage(of: stage).contains { index in
            subject.file.stages[index].from.flag("platform").map {
                Variables.names(in: $0.text).contains("BUILDPLATFORM")
            }
                ?? false
        }
        guard isOnBuilder, value("GOARCH") == nil, !run.text.contains("GOARCH") else { return fixed }
        return fixed + [
            .init(
                place: run.place,
                message: "every platform's image gets a program for the builder's platform: GOARCH is not set",
                evidence: "RUN \(run.text.excerpt)")
        ]
    }

    static let unverifiedCopy = DockerfileRule(
        "unverified-copy", .error, "The program in the image is not the one that was verified",
        why: "A gate in the build lets nothing through that another file goes around.",
        how:
            "A stage runs staticcheck gate, verify or check, and the program that ENTRYPOINT names is copied from a path that "
            + "none of them spoke of.",
        limits:
            "Paths in variables are not followed, and a program that is replaced after it was verified is not seen.",
        remedy:
            "Copy what the gate let through: staticcheck gate --copy-to /image … and COPY --from=build /image/app /app.",
        reference: "https://docs.docker.com/build/building/multi-stage/"
    ) { subject in
        let runs = subject.suppliers.flatMap { subject.file.stages[$0].instructions }.filter { $0.keyword == "RUN" }
        let verified = runs.flatMap(\.verifiedPaths)
        guard !verified.isEmpty, let program = subject.instructions("ENTRYPOINT").last?.words.first?.text else {
            return []
        }
        return subject.copies.filter { $0.stage != nil }.flatMap { copy -> [Observation] in
            copy.sources.filter { copy.place(of: $0) == program && !$0.text.contains("$") }.compactMap { source in
                guard !verified.contains(where: { source.text == $0 || source.text.hasPrefix($0 + "/") }) else {
                    return nil
                }
                return .init(
                    place: source.place,
                    message: "\(source.text) was never verified: \(verified.joined(separator: ", ")) was",
                    evidence: "COPY \(source.text) \(copy.target ?? "")")
            }
        }
    }
}

extension Dockerfile.Instruction {
    /// The paths that a shell's command has staticcheck verify; after a gate that copies, the copies alone.
    fileprivate var verifiedPaths: [String] {
        var paths: [String] = []
        let commands = text.split(whereSeparator: { ";&|\n".contains($0) })
        for command in commands {
            let words = command.split(whereSeparator: { " \t".contains($0) }).map { Variables.unquoted(String($0)) }
            guard
                let start = words.firstIndex(where: {
                    ["staticcheck", "scratchcheck"].contains($0.split(separator: "/").last ?? "")
                })
            else { continue }
            let rest = words[(start + 1)...]
            if let copy = rest.firstIndex(of: "--copy-to"), copy + 1 < rest.endIndex {
                return [rest[copy + 1].withoutSlash]
            }
            if let output = rest.firstIndex(where: { $0 == "-o" || $0 == "--output" }), output + 1 < rest.endIndex {
                paths.append(rest[output + 1].withoutSlash)
            }
            paths += rest.filter { $0.hasPrefix("/") }.map(\.withoutSlash)
        }
        return paths
    }
}

extension String {
    fileprivate var withoutSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
