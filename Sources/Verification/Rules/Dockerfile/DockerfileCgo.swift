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
                "A go build in a stage that the image copies from, and neither ENV, ARG nor the command sets CGO_ENABLED to 0. "
                + "Names of variables are case-sensitive: cgo_enabled is another variable.",
            limits: "Builds by make or a script. A build with -extldflags -static is accepted.",
            remedy: "CGO_ENABLED=0 go build …, or ENV CGO_ENABLED=0.", reference: "https://pkg.go.dev/cmd/cgo")
    ) { image in
        image.goBuilds.compactMap { stage, run in
            let values = image.variables(in: stage, before: run.place)
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
                at: run.place, "cgo is on, so the program may need a loader that the image does not have\(hint)",
                evidence: "RUN \(run.text.excerpt)")
        }
    }
}
