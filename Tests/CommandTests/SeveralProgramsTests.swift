import Foundation
import TestSupport
import Testing

/// Images of several programs: what skopeo, jq and tar find in them, and what is refused.
@Suite(.serialized) struct SeveralProgramsTests {
    private let module: GoModule

    init() throws {
        module = try GoModule([
            "cmd/web/main.go": """
            package main
            import ("net/http"; "os")
            func main() { http.Get("https://example.org"); os.Stdout.WriteString("this is web") }
            """,
            "cmd/job/main.go": """
            package main
            import "os"
            func main() { os.CreateTemp("", "x"); os.Exit(3) }
            """,
        ])
    }

    private static let both = ["./cmd/web", "./cmd/job", "--entrypoint", "web"]

    private func image(_ arguments: [String], environment: [String: String] = [:]) throws -> Execution {
        let result = try module.run(["image", "-q"] + arguments, environment: environment)
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        return result
    }

    /// What jq finds in the report.
    private func report(_ arguments: [String], _ query: String) throws -> String {
        let report = try image(arguments + ["--format", "json"]).output
        let found = try Execution("bash", ["-c", #"jq -cr "$1" <<<"$0""#, report, query])
        try found.check()
        return found.output
    }

    /// The names in each layer of the image of one platform, as tar lists them: a line for each layer.
    private func layers() throws -> [String] {
        let script = """
            cd "$0/blobs/sha256"; index=$(jq -r '.manifests[0].digest' ../../index.json | cut -d: -f2)
            manifest=$(jq -r '.manifests[0].digest' $index | cut -d: -f2)
            for layer in $(jq -r '.layers[].digest' $manifest | cut -d: -f2); do tar -tf $layer | tr '\\n' ' '; echo; done
            """
        let result = try Execution("bash", ["-c", script, module.path("image")])
        try result.check()
        return result.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test func eachProgramHasALayerAndTheRootWhatAnyOfThemNeeds() throws {
        _ = try image(Self.both + ["-p", "linux/amd64"])
        let files = [
            "etc/", "etc/group", "etc/nsswitch.conf", "etc/passwd", "etc/ssl/", "etc/ssl/certs/",
            "etc/ssl/certs/ca-certificates.crt", "tmp/",
        ]
        #expect(try layers() == [files.joined(separator: " "), "job", "web"])
        let configuration = try Execution("skopeo", ["inspect", "--config", "oci:" + module.path("image")])
        let asked = try Execution(
            "bash", ["-c", "jq -c '[.config.Entrypoint, (.history | length)]' <<<\"$0\"", configuration.output])
        #expect(asked.output == "[[\"/web\"],3]\n")
        let verified = try module.run(["verify", "oci:image"])
        #expect(verified.output.contains("oci:image /web ") && verified.output.contains("oci:image /job "))
    }

    /// The order of the packages on the command line is not that of the layers.
    @Test func anUnchangedProgramKeepsItsLayer() throws {
        let query = ".platforms[] | .platform, (.programs[] | select(.path == \"job\") | .layer)"
        let arguments = ["-p", "linux/amd64,linux/arm64"]
        let first = try report(Self.both + arguments, query)
        try module.folder.write("package main\n\nfunc main() { println(1) }\n", to: "cmd/web/main.go")
        #expect(try report(["./cmd/job", "./cmd/web", "--entrypoint", "/web"] + arguments, query) == first)
    }

    @Test func theReportHasTheSizeOfEachProgram() throws {
        let sizes = try report(Self.both + ["-p", "linux/amd64"], ".platforms[0].programs[] | \"\\(.path) \\(.size)\"")
        let stat = try Execution(
            "stat", ["-c", "%n %s", "job", "web"], in: URL(filePath: module.path("dist/linux/amd64")))
        #expect(sizes == stat.output)
    }

    @Test func theEntryPointIsStarted() throws {
        guard Namespaces.arePermitted else { return }
        let arguments = ["-p", "linux/amd64", "--prove=run"]
        let outcome = ".platforms[0].proof | \"\\(.outcome) \\(.detail)\""
        #expect(try report(Self.both + arguments, outcome).contains("this is web"))
        let other = try module.run(["image", "-q", "./cmd/web", "./cmd/job", "--entrypoint", "job"] + arguments)
        #expect(other.status == 1 && other.errors.contains("exit code 3"), "\(other.errors)")
    }

    @Test func whatDoesNotGoTogetherIsSaid() throws {
        try module.check(["-q", "-p", "linux/amd64,linux/arm64", "./..."]).check()
        func refusal(_ arguments: [String]) throws -> String {
            let run = try module.run(["image", "-q", "--from", "dist", "--allow-unsigned"] + arguments)
            #expect(run.status != 0 && !module.holds("image"), "\(arguments)")
            return "\(run.status) \(run.errors)"
        }
        #expect(try refusal([]).hasPrefix("64 staticcheck: there are several programs (job, web)"))
        #expect(try refusal([]).contains("--entrypoint"))
        #expect(try refusal(["--entrypoint", "app"]).contains("no program 'app' in dist: it contains job, web"))
        #expect(try refusal(["--program", "job", "--entrypoint", "web"]).contains("add --program web"))
        #expect(try refusal(["--entrypoint", "bin/web"]).contains("not the name of a program"))
        try module.folder.write("x", to: "file")
        #expect(try refusal(["--entrypoint", "web", "--add", "file:/job"]).contains("/job has the path of a program"))
        try FileManager.default.removeItem(atPath: module.path("dist/linux/arm64/job"))
        #expect(try refusal(["--entrypoint", "web"]).contains("no program 'job' for linux/arm64 in dist"))
    }

    /// Nobody waits for builds that cannot become one image.
    @Test func whatIsMissingIsSaidBeforeItIsBuilt() throws {
        try module.folder.write(
            "//go:build amd64\n\npackage main\n\nfunc main() {}\n", to: "cmd/job/main.go")
        let run = try module.run(["image", "-p", "linux/amd64,linux/arm64", "./...", "--entrypoint", "web"])
        #expect(run.status == 2 && run.errors.contains("no program 'job' for linux/arm64 in these packages"))
        #expect(!run.errors.contains("building") && !module.holds("dist"), "\(run.errors)")
        #expect(try module.run(["image", "-q", "-p", "linux/amd64"] + Self.both).status == 0)
        #expect(try module.run(["image", "-q", "--program", "web", "./..."]).status == 0)
    }

    /// A program that is not started must be stamped like the one that is.
    @Test func everyProgramGoesThroughTheGate() throws {
        try module.check(["-q", "-p", "linux/amd64", "./..."]).check()
        try FileManager.default.removeItem(atPath: module.path("dist/linux/amd64/job.intoto.json"))
        let arguments = ["image", "-q", "--from", "dist", "--allow-unsigned", "--entrypoint", "web"]
        let run = try module.run(arguments)
        #expect(run.status == 1 && run.errors.contains("linux/amd64/job: ") && run.errors.contains("[gate-missing]"))
        #expect(try module.run(arguments + ["--program", "web"]).status == 0)
    }

    @Test func theConfigurationNamesThem() throws {
        try module.folder.write("image: {programs: [job, web], entrypoint: job}\n", to: "scratchcheck.yaml")
        try module.folder.write(GoModule.hello, to: "cmd/other/main.go")
        let query = ".name, (.platforms[0].programs | map(.path) | join(\" \"))"
        #expect(try report(["./...", "-p", "linux/amd64"], query) == "job:latest\njob web\n")
        // The command line chooses other programs, so the configured one to start does not count.
        #expect(try report(["./...", "-p", "linux/amd64", "--program", "web"], query) == "web:latest\nweb\n")
        #expect(
            try report(["./...", "-p", "linux/amd64", "--entrypoint", "web"], query) == "web:latest\njob web\n")
    }

    /// What is pushed: the image, for its platform the stamp and the bill of materials of each program and the summary, and the
    /// summary of the index.
    @Test func theStampsOfAllProgramsArePushed() throws {
        try module.run(["keygen", "own"]).check()
        try module.check(["-q", "-p", "linux/amd64", "--key", "own.key", "./..."]).check()
        let titles =
            #"/usr/bin/grep -ho '"org.opencontainers.image.title":"[^"]*"' "$f"/blobs/sha256/* >>calls || true"#
        try module.folder.write(
            "#!/bin/bash\ncd '\(module.path(""))'\nf=${3%:artifact}; [ \"$f\" = \"$3\" ] || { \(titles); }\n",
            to: "bin/oras")
        try Execution("chmod", ["+x", module.path("bin/oras")]).check()
        let run = try module.run(
            [
                "image", "-q", "--from", "dist", "--entrypoint", "web", "--trust", "own.pub", "--key", "own.key",
                "--push",
                "example.com/m:1.0",
            ], environment: ["PATH": module.path("bin")])
        #expect(run.status == 0, "\(run.errors)")
        let names = try String(contentsOfFile: module.path("calls"), encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: "\"").last.map(String.init) ?? ""
        }
        let own = ["job", "web"].flatMap { ["\($0).intoto.jsonl", "\($0).spdx.json"] }
        #expect(names.sorted() == (own + ["summary.sigstore.json", "summary.sigstore.json"]).sorted())
    }
}
