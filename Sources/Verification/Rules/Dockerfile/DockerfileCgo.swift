import Dockerfiles
import Text

extension Rule {
    static let dockerfileCgo = Rule.ofDockerfile(
        RuleDocument(
            identifier: "dockerfile-cgo", level: .error, summary: "The program is built with cgo",
            rationale:
                "If a C compiler is installed, as in the golang images, Go links against the C library, and the program needs a "
                + "dynamic loader that the image does not have: exec fails with 'no such file or directory'.",
            detection:
                "A go build for Linux in a stage that the image copies from, and CGO_ENABLED is not 0 for this command: not by ENV "
                + "or ARG, by the command itself, by export, or by go env -w in the stage. An assignment in front of another "
                + "command does not count. Names of variables are case-sensitive: cgo_enabled is another variable. Alpine's "
                + "golang images have no C compiler: there the rule needs CGO_ENABLED=1, a version before 1.20, or a command "
                + "that installs a compiler. Distroless images other than static have a C library. A build whose program is not "
                + "copied, because another build of the stage writes what is, does not count.",
            limits:
                "Builds by make or a script, and values that only the builder's command line or the base image sets. A build "
                + "with -linkmode=external and -static in -extldflags is accepted, as are one by zig for musl and one that "
                + "xx-verify --static checks. dockerfile-linking has those that depend on the packages.",
            remedy: "CGO_ENABLED=0 go build …, or ENV CGO_ENABLED=0.", reference: "https://pkg.go.dev/cmd/cgo")
    ) { image in
        var misspelt: [Int: String] = [:]
        for index in image.suppliers {
            misspelt[index] = misspeltName(in: (image.stages[index]?.environment.variables.keys).map(Array.init) ?? [])
        }
        return image.goBuilds(usingCgo: [.never]).map { build in
            let value = build.cgo?.value.text
            let name = misspeltName(in: build.names) ?? misspelt[build.stage]
            let hint = name.map { ": \($0) is another variable" } ?? (value.map { ": CGO_ENABLED is \($0)" } ?? "")
            return .init(
                at: build.instruction.place,
                "cgo is on, so the program may need a loader that the image does not have\(hint)",
                evidence: "RUN \(build.instruction.excerpt)")
        }
    }

    private static func misspeltName(in names: [String]) -> String? {
        names.sorted().first { name in
            name != "CGO_ENABLED" && name.utf8.count < 20
                && Spelling.nearest(to: name.uppercased(), in: ["CGO_ENABLED"]) != nil
        }
    }
}
