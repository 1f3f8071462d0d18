import Foundation
import TestSupport
import Testing

/// Images that are started: what a runtime does with each, and what the program then does.
@Suite(.enabled(if: Namespaces.arePermitted, "a container takes namespaces"))
struct ImageProofTests {
    private typealias Entry = HandMadeImage.Entry
    private static let run = ["--prove=run", "--probe", "http://127.0.0.1:8080/healthz", "--probe-timeout", "3s"]

    @Test(arguments: [("amd64", "linux"), ("arm64", "qemu-aarch64-static")])
    func aServiceThatAnswersAndEndsIsReady(goarch: String, by: String) throws {
        let image = try HandMadeImage([
            .init(
                [[.file("app", try #require(ProvenImage.program.path(goarch)))]], on: "linux/\(goarch)",
                entrypoint: ["/app", "serve"])
        ])
        let result = try Execution(Checkout.program, ["verify", image.name] + Self.run)
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("answered:  http://127.0.0.1:8080/healthz after "))
        #expect(result.output.contains("ended:     exit code 0, "))
        #expect(result.output.contains("emulated:  by \(by)") == (by != "linux"))
    }

    @Test func eachKindOfProbeIsAsked() throws {
        let probes = ["http://localhost:8080/", "tcp:8080", "exec:/app,read,/app"].flatMap { ["--probe", $0] }
        // The handler of / answers 404.
        let first = try ProvenImage(["serve"]).prove(["--prove=run", "--probe-timeout", "1s"] + probes)
        #expect(first.messages == ["it does not answer http://127.0.0.1:8080/"])
        let others = try ProvenImage(["serve"]).prove(["--prove=run"] + probes.dropFirst(2))
        #expect(others.outcome == "answered")
        let failing = ["--prove=run", "--probe-timeout", "1s", "--probe", "exec:/app,read,/absent"]
        #expect(try ProvenImage(["serve"]).prove(failing).messages == ["it does not answer exec:/app,read,/absent"])
    }

    struct Fault: CustomTestStringConvertible {
        let testDescription: String
        let words: [String]
        var user = "65532:65532"
        var goarch = "amd64"
        var mode = 0o555
        var entries = [HandMadeImage.Entry.folder("tmp", mode: 0o1777)]
        let rule: String
        var detail = ""
    }

    static let faults = [
        Fault(
            testDescription: "no certificates", words: ["certificates"], rule: "does-not-start",
            detail: "it said: no certificates"),
        Fault(
            testDescription: "a file that its user may not read", words: ["read", "/secret"],
            entries: [.text("secret", "x", mode: 0o600)], rule: "does-not-start", detail: "permission denied"),
        Fault(
            testDescription: "no folder for temporary files", words: ["temporary"], entries: [], rule: "does-not-start",
            detail: "open /tmp/"),
        Fault(
            testDescription: "an entry point that nobody may execute", words: ["serve"], mode: 0o644,
            rule: "does-not-start", detail: "exec fails with EACCES"),
        Fault(
            testDescription: "a program for another machine", words: ["serve"], goarch: "arm64", rule: "does-not-start",
            detail: "exec fails with ENOEXEC"),
        Fault(
            testDescription: "a program that ignores the signal", words: ["stubborn"], rule: "does-not-stop"),
        Fault(
            testDescription: "a program that listens on another port", words: ["elsewhere"], rule: "does-not-answer"),
        Fault(
            testDescription: "a folder in the place of the devices", words: ["serve"], entries: [.link("dev", "/tmp")],
            rule: ""),
    ]

    @Test(arguments: faults) func isFound(fault: Fault) throws {
        let image = try ProvenImage(
            fault.words, user: fault.user, goarch: fault.goarch, mode: fault.mode, entries: fault.entries)
        let times = ["--probe-timeout", "1s", "--stop-timeout", "500ms"]
        let result = try image.prove(["--prove=run", "--probe", "http://127.0.0.1:8080/healthz"] + times)
        if fault.rule.isEmpty {
            #expect(result.outcome == "not-proved")
        } else {
            #expect(result.status == 1)
            #expect(result.rules.contains(fault.rule), "\(result)")
            #expect(fault.detail.isEmpty || result.detail.contains(fault.detail), "\(result)")
        }
    }

    /// What the runtime specification demands of a process, and what an engine gives it by `--read-only --cap-drop=ALL
    /// --security-opt=no-new-privileges`.
    @Test func theProcessIsTheOneThatTheImageDescribes() throws {
        let users = [
            Entry.text("etc/passwd", "app:x:1000:1001::/:/\n"),
            .text("etc/group", "own:x:1001:\nmedia:x:44:other,app\nnone:x:45:other\n"), .folder("data"),
        ]
        let image = try ProvenImage(
            ["identity"], user: "app", entries: users, env: ["GREETING=hello"], folder: "/data/new")
        let said = try image.prove(["--prove=run"]).detail
        let groups = geteuid() == 0 ? "[44]" : "[]"
        #expect(
            said == "exit code 0; it said: 1000 1001 \(groups) /data/new hello 1 CapEff:0000000000000000 "
                + "CapBnd:0000000000000000 NoNewPrivs:1 open /written: read-only file system")
    }

    @Test(.enabled(if: geteuid() == 0, "another user is tried by root")) func rootIsNotNeeded() throws {
        let image = try ProvenImage(["serve"])
        let result = try Execution(
            "setpriv",
            ["--reuid", "1000", "--regid", "1000", "--clear-groups", Checkout.program, "verify", image.image.name]
                + Self.run, environment: ["TMPDIR": "/tmp"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let secret = try ProvenImage(["read", "/secret"], entries: [.text("secret", "x", mode: 0o600)])
        let refused = try Execution(
            "setpriv",
            ["--reuid", "1000", "--regid", "1000", "--clear-groups", Checkout.program, "verify", "--prove=run"]
                + [secret.image.name], environment: ["TMPDIR": "/tmp"])
        #expect(refused.output.contains("open /secret: permission denied"))
    }

    @Test func argumentsReplaceThoseOfTheImage() throws {
        let image = try HandMadeImage([
            .init([[.file("app", try #require(ProvenImage.program.path("amd64")))]], entrypoint: ["/app"])
        ])
        let result = try Execution(Checkout.program, ["verify", "--prove=run", image.name, "--", "read", "/app"])
        #expect(result.status == 0 && result.output.contains(" ran "), "\(result.output)")
    }

    /// A dynamic program with its own loader: the loader must find all libraries, before the first instruction runs.
    @Test(arguments: [true, false]) func aLoaderIsFollowed(hasLibrary: Bool) throws {
        let loader = "lib64/ld-linux-x86-64.so.2"
        let library = "lib/x86_64-linux-gnu/libc.so.6"
        let entries: [Entry] =
            [.file("bin/false", "/usr/bin/false"), .file(loader, "/" + loader)]
            + (hasLibrary ? [.file(library, "/" + library)] : [])
        let image = try HandMadeImage([.init([entries], entrypoint: ["/bin/false"])])
        let result = try Execution(Checkout.program, ["verify", "--prove", image.name])
        #expect(result.status == (hasLibrary ? 0 : 1))
        #expect(result.output.contains(" started ") == hasLibrary)
        #expect(result.output.contains("cannot open shared object file") == !hasLibrary)
    }

    @Test func whatIsLookedUpAndMissingIsNamedWithTheRule() throws {
        let image = try ProvenImage(["certificates"], entries: [])
        let result = try Execution(Checkout.program, ["verify", "--prove=run", image.image.name])
        #expect(result.output.contains("/etc/ssl/certs/ca-certificates.crt (ca-certificates)"), "\(result.output)")
        let other = try ProvenImage(["read", "/etc/app.yaml"]).prove(["--prove=run"])
        #expect(other.missing == ["/etc/app.yaml"])
    }

    @Test func anImageIsStartedBeforeItIsWritten() throws {
        let module = try GoModule(["main.go": "package main\n\nfunc main() { select {} }\n"])
        let arguments = ["image", ".", "-p", "linux/amd64", "-q", "--prove=run", "--probe-timeout", "300ms"]
        let refused = try module.run(arguments + ["--probe", "tcp:80"])
        #expect(
            refused.status == 1 && refused.errors.contains("[does-not-answer]") && !module.holds("image"), "\(refused)")
        try module.folder.write("image: {prove: start}\n", to: "scratchcheck.yaml")
        let made = try module.run(["image", ".", "-p", "linux/amd64", "-q"])
        #expect(made.status == 0 && made.output.contains("started") && module.holds("image"), "\(made.errors)")
    }

    /// The report names the platform as the index does (image-spec, "Platform Variants"), also for a program that was built for linux/arm.
    @Test(arguments: [("go-linux-arm", "linux/arm", "v5"), ("go-linux-arm-v7", "linux/arm/v7", "v7")])
    func eachVariantOfArmHasItsProof(sample: String, place: String, variant: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "dist/\(place)/app").path
        try Execution("install", ["-D", Checkout.sample(sample), path]).check()
        try Execution(Checkout.program, ["verify", "-q", "--stamp", "dist"], in: folder.url).check()
        let result = try Execution(
            Checkout.program,
            ["image", "--from", "dist", "--allow-unsigned", "-o", "oci:out", "--prove", "--format", "json"],
            in: folder.url)
        let facts = "jq -c '.platforms[] | [.platform, .proof.by, .proof.outcome]' <<<\"$0\""
        #expect(
            try Execution("bash", ["-c", facts, result.output]).output
                == "[\"linux/arm/\(variant)\",\"qemu-arm-static\",\"started\"]\n", "\(result.output)\(result.errors)")
        let index = try Execution("skopeo", ["inspect", "--raw", "oci:out"], in: folder.url)
        let found = try Execution("bash", ["-c", "jq -r '.manifests[].platform.variant' <<<\"$0\"", index.output])
        #expect(found.output == variant + "\n")
    }

    @Test(arguments: [
        ["verify", "--prove", "--probe", "tcp:80", "oci:x"], ["verify", "--prove=run", "--probe", "ftp:80", "oci:x"],
        ["verify", "--prove=run", "--probe", "http://example.com/", "oci:x"],
        ["verify", "--prove=run", "--probe", "tcp:0", "oci:x"],
        ["verify", "--prove=run", "--probe", "tcp:80", "/bin/true"],
        ["verify", "--prove=run", "--probe-timeout", "soon", "oci:x"],
        ["gate", "--allow-unsigned", "--prove", "dist"], ["check", "--prove=run", "--probe", "tcp:80"],
    ]) func aQuestionThatMakesNoSenseIsAnError(arguments: [String]) throws {
        #expect(try Execution(Checkout.program, arguments).status == 64)
    }
}
