import Foundation
import TestSupport
import Testing

/// `staticcheck image` as a user runs it; what the images hold is asked of skopeo, jq and tar.
@Suite(.serialized) struct ImageTests {
    private let module: GoModule
    private static let https = """
        package main
        import "net/http"
        func main() { http.Get("https://example.org") }
        """

    init() throws { module = try GoModule(["main.go": ImageTests.https]) }

    private func image(_ arguments: [String], environment: [String: String] = [:]) throws -> Execution {
        let result = try module.run(["image", "-q"] + arguments, environment: environment)
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        return result
    }

    /// The names in the layers of the image for amd64, as tar lists them.
    private func contents(_ layout: String = "image") throws -> [String] {
        let script = """
            cd "$0/blobs/sha256"; index=$(jq -r '.manifests[0].digest' ../../index.json | cut -d: -f2)
            manifest=$(jq -r '.manifests[] | select(.platform.architecture == "amd64") | .digest' $index | cut -d: -f2)
            for layer in $(jq -r '.layers[].digest' $manifest | cut -d: -f2); do tar --numeric-owner -tvf $layer; done
            """
        let result = try Execution("bash", ["-c", script, module.path(layout)])
        #expect(result.status == 0, "\(result.errors)")
        return result.output.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            return "\(words[0]) \(words[1]) \(words.dropFirst(5).joined(separator: " "))"
        }
    }

    /// What can never be started, or holds less than was asked for, is said when the image is made.
    @Test func whatAnImageCannotHaveIsSaid() throws {
        let module = try GoModule()
        let folder = try module.run(["image", "-p", "linux/amd64", "-q", "--workdir", "/m/data"])
        #expect(folder.status == 2 && folder.errors.contains("cannot be a folder"), "\(folder.errors)")
        #expect(!module.holds("image"))
        for signal in ["SIGFOO", "0", "65", "SIGRTMIN+31", "SIGKILL", "19"] {
            #expect(try module.run(["image", "--stop-signal", signal]).status == 64)
        }
        let archive = try module.run(["image", "-o", "docker-archive:app.tar", "--stop-signal", "SIGRTMIN+3"])
        let listed = try Execution("skopeo", ["inspect", "--config", "docker-archive:" + module.path("app.tar")]).output
        #expect(listed.contains("\"architecture\": \"amd64\"") == archive.errors.contains("has linux/amd64 alone"))
        #expect(archive.errors.contains(" alone: the format holds one platform"), "\(archive.errors)")
    }

    @Test func theRootHoldsWhatTheProgramNeedsAndNothingElse() throws {
        _ = try image(["-p", "linux/amd64"])
        let shared = [
            "dr-xr-xr-x 0/0 etc/", "-r--r--r-- 0/0 etc/group", "-r--r--r-- 0/0 etc/nsswitch.conf",
            "-r--r--r-- 0/0 etc/passwd",
        ]
        let authorities = [
            "dr-xr-xr-x 0/0 etc/ssl/", "dr-xr-xr-x 0/0 etc/ssl/certs/",
            "-r--r--r-- 0/0 etc/ssl/certs/ca-certificates.crt",
        ]
        #expect(try contents() == shared + authorities + ["-r-xr-xr-x 0/0 m"])
        _ = try image(["-p", "linux/amd64", "--without", "certificates", "--with", "tmp"])
        #expect(try contents() == shared + ["drwxrwxrwt 0/0 tmp/", "-r-xr-xr-x 0/0 m"])
        try module.folder.write(GoModule.hello, to: "main.go")
        _ = try image(["-p", "linux/amd64"])
        #expect(try contents() == shared.filter { !$0.contains("nsswitch") } + ["-r-xr-xr-x 0/0 m"])
    }

    @Test func theSameSourcesGiveTheSameImage() throws {
        try module.commit()
        let other = try GoModule(["main.go": ImageTests.https])
        try Execution("cp", ["-r", module.path(".git"), other.path(".git")]).check()
        func digest(_ module: GoModule, _ environment: [String: String]) throws -> String {
            let result = try module.run(
                ["image", "-q", "--format", "json", "-p", "linux/amd64,linux/arm/v7"], environment: environment)
            #expect(result.status == 0, "\(result.errors)")
            let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            return try #require(report?["digest"] as? String)
        }
        let first = try digest(module, [:])
        let second = try digest(other, ["TZ": "Asia/Tokyo"])
        #expect(first == second)
        #expect(try digest(module, ["SOURCE_DATE_EPOCH": "1000000000"]) != first)
        let created = try Execution("skopeo", ["inspect", "--format", "{{.Created}}", "oci:" + module.path("image")])
            .output
        #expect(created.hasPrefix("2001-09-09 01:46:40"))
    }

    @Test func theConfigurationSaysWhatWasAskedFor() throws {
        try module.commit()
        try module.folder.write(
            "version: 1\nimage:\n  user: \"10001\"\n  env: {A: b}\n  labels: {team: blue}\n", to: "scratchcheck.yaml")
        _ = try image([
            "-p", "linux/amd64", "-t", "example.com/team/app:2.0", "--arg", "--serve", "--cmd", "now", "--expose",
            "8080",
            "--expose", "53/udp", "--stop-signal", "SIGINT", "--workdir", "/data", "--env", "C=d=e", "--annotation",
            "x.y=z",
        ])
        let configuration = try Execution("skopeo", ["inspect", "--config", "oci:\(module.path("image")):2.0"])
        let query =
            "[.config | .User, .Entrypoint, .Cmd, .Env, (.ExposedPorts | keys), .StopSignal, .WorkingDir, .Labels.team]"
        let asked = try Execution("bash", ["-c", "jq -c '\(query)' <<<\"$0\"", configuration.output])
        #expect(
            asked.output
                == #"["10001:10001",["/m","--serve"],["now"],["A=b","C=d=e"],["53/udp","8080/tcp"],"SIGINT","/data","blue"]"#
                + "\n")
        let raw = try Execution("skopeo", ["inspect", "--raw", "oci:\(module.path("image")):2.0"])
        let annotations = try JSONSerialization.jsonObject(with: Data(raw.output.utf8)) as? [String: Any]
        let values = try #require(annotations?["annotations"] as? [String: String])
        #expect(values["org.opencontainers.image.version"] == "2.0")
        #expect(values["x.y"] == "z")
        let commit = try Execution("git", ["rev-parse", "HEAD"], in: module.folder.url).output.dropLast()
        // The configuration file is not committed, and go says so.
        #expect(values["org.opencontainers.image.revision"] == "\(commit)-dirty")
    }

    @Test func onlyWhatTheGateLetsThroughIsPacked() throws {
        #expect(try module.check(["-p", "linux/amd64", "-q"]).status == 0)
        let arguments = ["image", "--from", "dist", "-o", "oci:out"]
        #expect(try module.run(arguments).status == 64)
        #expect(try module.run(arguments + ["--allow-unsigned"]).status == 0)
        let program = URL(filePath: module.path("dist/linux/amd64/m"))
        var bytes = try Data(contentsOf: program)
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: program)
        let result = try module.run(arguments + ["--allow-unsigned"])
        #expect(result.status == 1)
        #expect(result.errors.contains("gate-digest-mismatch"))
        try FileManager.default.removeItem(atPath: module.path("dist/linux/amd64/m.intoto.json"))
        #expect(try module.run(arguments + ["--allow-unsigned"]).errors.contains("gate-missing"))
    }

    @Test func anAddedProgramGoesThroughTheGateToo() throws {
        try module.folder.write("plain\n", to: "data/a.txt")
        _ = try image(["-p", "linux/amd64", "--add", "data:/srv/data"])
        #expect(try contents().contains("-r--r--r-- 0/0 srv/data/a.txt"))
        let result = try module.run(["image", "-q", "-p", "linux/amd64", "--add", "/bin/true:/bin/true"])
        #expect(result.status == 2)
        #expect(result.errors.contains("that the gate refuses"))
        #expect(try module.run(["image", "-q", "-p", "linux/amd64", "--add", "data:/../x"]).status == 64)
    }

    @Test func anAddedProgramStartsOnEachPlatformOfTheImage() throws {
        let module = try GoModule()
        try module.run(["check", "-q", "-p", "linux/amd64", "-o", "tools"]).check()
        let add = ["image", "-q", "--add", "tools/linux/amd64/m:/tool", "--allow-unsigned"]
        #expect(try module.run(add + ["-p", "linux/amd64"]).status == 0)
        let result = try module.run(add + ["-p", "linux/amd64,linux/arm64", "-o", "oci:both"])
        #expect(result.status == 2, "\(result.errors)")
        #expect(result.errors.contains("a program for linux/amd64, which does not start in the image for linux/arm64"))
        #expect(!module.holds("both"))
    }

    @Test(arguments: [
        ("/m", true), ("/./m", true), ("/none", false), ("/m/below", false), ("m", false), ("/etc/passwd", false),
    ])
    func theHealthIsAskedByAProgramOfTheImage(path: String, isWritten: Bool) throws {
        let module = try GoModule()
        let result = try module.run(["image", "-q", "-p", "linux/amd64", "--healthcheck", "exec:\(path)"])
        #expect(result.status == (isWritten ? 0 : 2), "\(result.errors)")
        #expect(isWritten || result.errors.contains("--healthcheck exec:\(path): the image has no such program"))
        #expect(module.holds("image") == isWritten)
    }

    /// An engine may give the image another name: podman puts localhost/ before app:latest, and says so.
    @Test(arguments: [("podman", "Loaded image: localhost/m:latest", "localhost/m:latest"), ("docker", "", "m:latest")])
    func whatWasLoadedIsSaid(engine: String, words: String, name: String) throws {
        try module.folder.write("#!/bin/sh\necho '\(words)'\n", to: "bin/\(engine)")
        try Execution("chmod", ["+x", module.path("bin/\(engine)")]).check()
        let go = try Execution("bash", ["-c", "dirname $(command -v go)"]).output.dropLast()
        try Execution("ln", ["-s", "\(go)/go", module.path("bin/go")]).check()
        let result = try Execution(
            Checkout.program, ["image", "-p", "linux/amd64", "--load"], in: module.folder.url,
            environment: ["PATH": module.path("bin")])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.errors.contains(
                "loaded \(name) (linux/amd64) into \(engine); run it with: \(engine) run --rm \(name)\n"))
    }

    @Test func aProgramThatIsNotReadyBecomesNoImage() throws {
        let result = try module.run(["image", "-q", "-p", "linux/amd64", "--", "-buildmode=pie"])
        #expect(result.status == 1)
        #expect(!module.holds("image"))
    }

    @Test func certificatesAreReadAndThoseThatHaveEndedAreNamed() throws {
        let script = """
            cd "$0"; for days in 1 2; do openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.key \
            -out $days.pem -days $days -subj "/CN=Authority $days" 2>/dev/null; done
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.key -subj /CN=Past \
            -not_before 20010101000000Z -not_after 20020101000000Z -out past.pem 2>/dev/null ||
            { openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.key -subj /CN=Past -out p.csr 2>/dev/null
              mkdir -p ca/new; touch ca/index.txt; echo 01 >ca/serial
              printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=ca/index.txt\\nnew_certs_dir=ca/new\\nserial=ca/serial\\n' >ca.cnf
              printf 'default_md=sha256\\npolicy=p\\n[p]\\ncommonName=supplied\\n' >>ca.cnf
              openssl ca -batch -config ca.cnf -selfsign -keyfile k.key -in p.csr -out past.pem -notext \
                -startdate 20010101000000Z -enddate 20020101000000Z 2>/dev/null; }
            cat 1.pem past.pem 2.pem 1.pem >bundle.pem
            """
        try Execution("bash", ["-c", script, module.path("")]).check()
        let result = try module.run(["image", "-p", "linux/amd64", "--certificates", "bundle.pem"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("the certificate 'Past' of \(module.path("bundle.pem")) expired on 2002-01-01"))
        for (file, words) in [
            ("past.pem", "none of its certificates is valid today"), ("k.key", "which no image should"),
            ("main.go", "holds no certificate"), ("absent", "no CA certificates here"),
        ] {
            let result = try module.run(["image", "-q", "-p", "linux/amd64", "--certificates", file, "-o", "oci:none"])
            #expect(result.status == 2)
            #expect(result.errors.contains(words), "\(file): \(result.errors)")
        }
        #expect(!module.holds("none"))
    }

    @Test func rootNamesAndOtherNonsenseAreWrongUsage() throws {
        for arguments in [
            ["--user", "0"], ["--user", "root"], ["--expose", "99999"], ["-t", "Upper/Case"], ["--output", "image"],
            ["--env", "novalue"], ["--with", "tmp", "--without", "tmp"], ["--from", "dist", "./x"], ["--skip-gate"],
            ["--workdir", "data"], ["--stop-signal", "now"],
        ] {
            #expect(try module.run(["image"] + arguments).status == 64, "\(arguments)")
        }
    }

    @Test func whatLiesInThePlaceOfTheImageIsNotLost() throws {
        try module.folder.write("precious", to: "image/file")
        let result = try module.run(["image", "-q", "-p", "linux/amd64"])
        #expect(result.status == 2)
        #expect(result.errors.contains("is not an image layout"))
        #expect(try module.bytes("image/file") == Array("precious".utf8))
    }

    @Test(arguments: ["etc", "m", "m/x", "etc/.wh.passwd", "etc/passwd/x"])
    func whatCannotLieInOneRootIsRefused(_ target: String) throws {
        try module.folder.write("x", to: "file")
        let result = try module.run(["image", "-q", "-p", "linux/amd64", "--add", "file:/\(target)", "-o", "oci:none"])
        #expect(result.status == 2, "\(result.output)")
        #expect(!module.holds("none"))
    }

    /// An archive is renamed to its place.
    @Test(arguments: ["oci-archive", "docker-archive"]) func noArchiveReplacesAPipeOrADevice(form: String) throws {
        let module = try GoModule()
        let made = try Execution("sh", ["-c", "mkfifo pipe && ln -s /dev/full link"], in: module.folder.url)
        #expect(made.status == 0)
        for name in ["pipe", "link"] {
            let result = try module.run(["image", "-p", "linux/amd64", "-q", "-o", "\(form):\(name)"])
            #expect(result.status == 64, "\(result.errors)")
            #expect(result.errors.contains("is a device or a pipe"), "\(result.errors)")
            #expect(try Execution("test", ["-f", module.path(name)]).status != 0)
        }
    }

    @Test(arguments: [("/etc/passwd", false), ("/etc", true)])
    func aWorkingFolderIsNoFileOfTheRoot(folder: String, isWritten: Bool) throws {
        let module = try GoModule()
        let result = try module.run(["image", "-p", "linux/amd64", "-q", "--workdir", folder])
        #expect(result.status == (isWritten ? 0 : 2), "\(result.errors)")
        #expect(module.holds("image") == isWritten)
    }

    /// Nothing is written once a signal has come, and what was there stays.
    @Test func anInterruptedImageLeavesTheOldOne() throws {
        let module = try GoModule()
        let options = ["image", "-p", "linux/amd64", "-q", "-o", "oci:old"]
        #expect(try module.run(options).status == 0)
        let before = try module.bytes("old/index.json")
        let words = (options + ["--add", "large:/large"]).joined(separator: " ")
        let script = """
            head -c 100000000 /dev/urandom >large
            set -m
            "$0" \(words) & pid=$!
            sleep 1.5; kill -TERM $pid; wait $pid
            """
        let result = try Execution("bash", ["-c", script, Checkout.program], in: module.folder.url)
        #expect(result.status == 130, "\(result.errors)")
        #expect(try module.bytes("old/index.json") == before)
    }

    @Test func aLayoutOfSeveralImagesIsLeftAlone() throws {
        _ = try image(["-p", "linux/amd64"])
        try Execution("skopeo", ["copy", "-q", "oci:image:latest", "oci:image:other"], in: module.folder.url).check()
        let before = try module.bytes("image/index.json")
        #expect(try module.run(["image", "-q", "-p", "linux/amd64"]).status == 2)
        #expect(try module.bytes("image/index.json") == before)
    }

    /// A layout is written in place of another, and nothing of the other stays.
    @Test func anImageTakesThePlaceOfAnother() throws {
        _ = try image(["-p", "linux/amd64,linux/arm64"])
        _ = try image(["-p", "linux/amd64"])
        let count = try FileManager.default.contentsOfDirectory(atPath: module.path("image/blobs/sha256")).count
        // The index, a manifest, a configuration, two layers.
        #expect(count == 5)
        #expect(try Execution("skopeo", ["inspect", "oci:" + module.path("image")]).status == 0)
    }
}

/// The whole way, with the clients that people use.
@Suite struct ImageRoundTripTests {
    @Test(.enabled(if: geteuid() == 0, "the service runs in a root of its own, which takes chroot"))
    func theServiceRunsFromItsImageAndEveryClientTakesIt() throws {
        let script = Checkout.root.appending(path: "Scripts/image-round-trip").path
        let result = try Execution(script, [Checkout.program])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.hasSuffix("== done\n"))
    }
}
