import Foundation
import TestSupport
import Testing

/// `staticcheck dockerfile`: what it writes, and what it finds in others'.
@Suite struct DockerfileLintTests {
    private static let folder = Checkout.root.appending(path: "TestBinaries/dockerfiles")

    private static func files(_ kind: String) -> [URL] {
        let kind = folder.appending(path: kind)
        let names = try? FileManager.default.contentsOfDirectory(atPath: kind.path).sorted()
        return (names ?? []).map { kind.appending(path: $0) }
    }

    /// The words behind a mark in the comments of a file, line by line.
    private func marked(_ mark: String, in file: URL) throws -> [[String]] {
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("# \(mark): ") }
            .map { $0.dropFirst(mark.count + 4).split(separator: " ").map(String.init) }
    }

    /// The rules with their lines, as the report in SARIF names them.
    private func found(in file: URL) throws -> [String] {
        let binaries = try marked("binary", in: file).flatMap { $0 }.flatMap {
            ["--binary", Checkout.sample("hazards/\($0)")]
        }
        let result = try Execution(
            Checkout.program, ["dockerfile", "--lint", file.path, "--format", "sarif"] + binaries)
        let log = try JSONDecoder().decode(SARIF.self, from: Data(result.output.utf8))
        #expect(result.status == (log.runs[0].results.contains { $0.level == "error" } ? 1 : 0), "\(result.errors)")
        return log.runs[0].results.map { "\($0.ruleId) \($0.locations[0].physicalLocation.region.startLine)" }
    }

    private struct SARIF: Decodable {
        let runs: [Run]
        struct Run: Decodable { let results: [Result] }
        struct Result: Decodable {
            let ruleId: String
            let level: String
            let locations: [Location]
        }
        struct Location: Decodable { let physicalLocation: Physical }
        struct Physical: Decodable { let region: Region }
        struct Region: Decodable { let startLine: Int }
    }

    @Test func thereAreFilesToTry() {
        #expect(Self.files("faulty").count >= 20)
        #expect(Self.files("sound").count >= 10)
    }

    @Test(arguments: files("faulty")) func eachFaultIsFoundWhereItIs(_ file: URL) throws {
        let expected = try marked("finds", in: file).map { $0.joined(separator: " ") }
        #expect(!expected.isEmpty)
        #expect(try found(in: file).sorted() == expected.sorted())
    }

    @Test(arguments: files("sound")) func nothingIsFoundInSoundFiles(_ file: URL) throws {
        #expect(try found(in: file) == [])
    }

    @Test func everyRuleHasAFaultyFile() throws {
        let rules = try Execution(Checkout.program, ["explain"]).output.split(separator: "\n")
            .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0.hasPrefix("dockerfile-") }
        let tried = Set(try Self.files("faulty").flatMap { try marked("finds", in: $0).compactMap(\.first) })
        #expect(!rules.isEmpty)
        #expect(Set(rules).subtracting(tried).isEmpty)
    }

    @Test func aRuleCanBeIgnoredAndAProgramOfTheContextIsSeen() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "FROM scratch\nCOPY dist/${TARGETPLATFORM}/app /app\nUSER root\nENTRYPOINT [\"/app\"]\n", to: "Dockerfile")
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "dist/linux/amd64"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: Checkout.sample("hazards/https-client-stripped"),
            toPath: folder.url.appending(path: "dist/linux/amd64/app").path)
        func lint(_ arguments: [String]) throws -> Execution {
            try Execution(Checkout.program, ["dockerfile", "--lint"] + arguments, in: folder.url)
        }
        let result = try lint(["--ignore", "dockerfile-undeclared-argument"])
        #expect(result.status == 0, "warnings alone do not fail")
        #expect(try lint([]).status == 1)
        #expect(result.output.contains("Dockerfile:1:1"))
        #expect(result.output.contains("[dockerfile-certificates]"))
        #expect(
            try lint(["--ignore", "dockerfile-undeclared-argument", "--ignore", "dockerfile-root-user"]).status == 0)
        #expect(try lint(["--ignore", "dockerfile-nothing"]).status == 64)
        #expect(try lint(["--format", "github"]).output.contains("file=Dockerfile,line=3,col=6,"))
        #expect(try lint(["--format", "junit"]).output.contains("name=\"dockerfile-undeclared-argument\"><failure"))
    }

    /// What is beside the Dockerfile is a file and no folder, and is judged as any other program.
    @Test(arguments: [
        ("c-static", "/srv", "/srv/app", ["dockerfile-entry-point 4"]), ("c-static", "/srv/", "/srv/app", []),
        ("c-dynamic", "/app", "/app", ["dockerfile-dynamic-program 2"]),
    ])
    func filesBesideTheDockerfileAreLookedAt(sample: String, target: String, start: String, rules: [String]) throws {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            atPath: Checkout.sample(sample), toPath: folder.url.appending(path: "app").path)
        let file = try folder.write(
            "FROM scratch\nCOPY app \(target)\nUSER 1\nENTRYPOINT [\"\(start)\"]\n", to: "Dockerfile")
        #expect(try found(in: file) == rules)
    }

    /// `-` is standard input, as for hadolint and shellcheck. What it copies is looked for from the working folder.
    @Test func standardInputIsLinted() throws {
        let folder = try TemporaryFolder()
        try folder.write("FROM scratch\nCOPY app /app\nENTRYPOINT app\n", to: "Dockerfile")
        func lint(_ line: String) throws -> Execution {
            try Execution("bash", ["-c", "\"$0\" dockerfile --lint \(line)", Checkout.program], in: folder.url)
        }
        let named = try lint("Dockerfile")
        let read = try lint("- <Dockerfile")
        #expect(named.status == 1 && read.status == 1, "\(read.errors)")
        #expect(read.output.contains("-:3:1"), "\(read.output)")
        #expect(
            read.output.replacing("-:", with: "Dockerfile:").split(separator: "\n").suffix(3)
                == named.output.split(separator: "\n").suffix(3))
        #expect(try lint("- </dev/null").status == 2)
        #expect(try lint("- <&-").status == 2)
    }

    @Test(arguments: [
        "", "RUN x\n", "hello world\n", "FROM\n", "ARG A\n", "FROM scratch\nCOPY <<EOF /a\ntext\n", "FROM a\nEXPSE 1\n",
        "FROM scratch\nCMD --verbose\n", "FROM a\nUSER --x 1\n",
    ])
    func whatIsNoDockerfileIsAnError(_ text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "Dockerfile")
        let result = try Execution(Checkout.program, ["dockerfile", "--lint"], in: folder.url)
        #expect(result.status == 2)
        #expect(result.output.contains("Dockerfile: "))
    }
}

extension DockerfileLintTests {
    /// Files that other readers take, and that must not end the program.
    @Test(arguments: [
        "\u{feff}FROM scratch\nCOPY a /a\nUSER 1\nENTRYPOINT [\"/a\"]\n",
        "from scratch\r\ncopy a /a\r\nuser 1\r\nentrypoint [\"/a\"]\r\n",
        "FROM scratch\nCOPY --from=-1 /a /a\nUSER 1\nENTRYPOINT [\"/a\"]\n",
        "FROM a AS a\nFROM scratch\nCOPY --from=a /a /a\nUSER 1\nENTRYPOINT [\"/a\"]\n",
    ])
    func oddFilesAreRead(_ text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "Dockerfile")
        let result = try Execution(Checkout.program, ["dockerfile", "--lint"], in: folder.url)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
}

/// The recipe that is written, in the hands of other tools.
@Suite struct DockerfileRecipeTests {
    private static let client = "package main\nimport \"net/http\"\nfunc main() { http.Get(\"https://example.org\") }\n"

    private static let tool = [
        "--tool-image", "registry.example.com/staticcheck@sha256:" + String(repeating: "0", count: 64),
    ]

    @Test(arguments: [[], tool]) func hadolintAndOurOwnLintFindNothing(options: [String]) throws {
        for files in [["main.go": Self.client], ["main.go": GoModule.hello, "vendor/modules.txt": ""]] {
            let module = try GoModule(files)
            let result = try module.run(["dockerfile", "--port", "8080"] + options)
            #expect(result.status == 0, "\(result.errors)")
            let lint = try Client.run("hadolint", ["Dockerfile"], in: module.folder.url)
            #expect(lint.status == 0, "\(lint.output)")
            let own = try module.run(["dockerfile", "--lint", "--fail-on", "note"])
            #expect(own.status == 0, "\(own.output)")
            #expect(try module.run(["dockerfile"]).status == 2, "it would overwrite the file")
        }
    }

    @Test func theRecipeSaysWhatTheModuleIs() throws {
        let module = try GoModule(["cmd/app/main.go": Self.client, "go.mod": "module example.com/m\n\ngo 1.18\n"])
        func recipe(_ arguments: [String]) throws -> String {
            try module.run(["dockerfile", "--stdout"] + arguments).output
        }
        let networked = try recipe(["./cmd/app", "--user", "1234:99", "--port", "53/udp"])
        for line in [
            "COPY go.mod go.sum* ./", "USER 1234:99", "EXPOSE 53/udp", "ENTRYPOINT [\"/app\"]",
            "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/",
        ] { #expect(networked.split(separator: "\n").contains(line[...]), "\(line)") }
        #expect(networked.contains("go build -trimpath -ldflags='-s -w' -o /out/app ./cmd/app"))
        try module.folder.write("", to: "vendor/modules.txt")
        try module.folder.write(GoModule.hello, to: "cmd/app/main.go")
        let vendored = try recipe(["./cmd/app"])
        #expect(vendored.contains("go build -trimpath -mod=vendor "))
        #expect(!vendored.contains("go mod download"))
        #expect(!vendored.contains("ca-certificates"))
    }

    /// The command of the Dockerfile, run by a shell, makes the program that `check` makes.
    @Test func flagsMeanTheSameAsInCheck() throws {
        let program = "package main\n\nvar a, b = \"\", \"\"\n\nfunc main() { print(a, \"|\", b) }\n"
        let configuration = """
            builds:
              - packages: [.]
                ldflags: |
                  -X 'main.a=x $HOME y'
                  -X main.b={{version}}-{{ commit }}
                trimpath: false
                flags: [-gcflags, -l -d=panic]
            """
        let module = try GoModule(["main.go": program, "scratchcheck.yaml": "version: 1\n" + configuration])
        try module.commit()
        let text = try module.run(["dockerfile", "--stdout"]).output
        #expect(text.contains("ARG VERSION=unknown\nARG COMMIT=unknown\n"))
        let line = try #require(text.split(separator: "\n").first { $0.contains(" go build ") })
        #expect(!line.contains("-trimpath") && line.contains(" -gcflags "))
        let script = String(line).replacing("-o /out/m", with: "-o built") + " && ./built"
        let built = try Execution(
            "sh", ["-c", script], in: module.folder.url,
            environment: ["VERSION": "v1.2.3", "COMMIT": "c", "CGO_ENABLED": "0"])
        #expect(built.errors == "x $HOME y|v1.2.3-c", "\(line)")
    }

    /// What the context holds is what `COPY . .` copies: a build in a copy of it, with what .dockerignore names taken away.
    @Test func theContextHasAllSources() throws {
        let main =
            "package main\n\nimport (\n\t\"embed\"\n\t_ \"example.com/lib\"\n\t_ \"example.com/m/image\"\n)\n\n"
            + "//go:embed dist\nvar files embed.FS\n\nfunc main() { println(len(os(files))) }\n\n"
            + "func os(files embed.FS) string { return \"\" }\n"
        let module = try GoModule([
            "main.go": main, "image/i.go": "package image\n", "dist/index.html": "<html>", "lib/l.go": "package lib\n",
            "lib/go.mod": "module example.com/lib\n\ngo 1.18\n",
            "go.mod":
                "module example.com/m\n\ngo 1.18\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ./lib\n",
        ])
        let result = try module.run(["dockerfile"])
        #expect(result.status == 0, "\(result.errors)")
        let text = try String(decoding: module.bytes("Dockerfile"), as: UTF8.self)
        #expect(!text.contains("go mod download"))
        let script = "xargs -d '\\n' -I{} sh -c 'rm -rf {}' <.dockerignore && go build -o built ."
        try Execution("sh", ["-c", script], in: module.folder.url, environment: ["CGO_ENABLED": "0", "GOFLAGS": ""])
            .check()
    }

    @Test func aModuleOutsideOfTheContextIsRefused() throws {
        let module = try GoModule([
            "app/main.go": "package main\n\nimport _ \"example.com/lib\"\n\nfunc main() {}\n",
            "app/go.mod":
                "module example.com/m\n\ngo 1.18\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../lib\n",
            "lib/l.go": "package lib\n", "lib/go.mod": "module example.com/lib\n\ngo 1.18\n",
        ])
        let result = try module.run(["dockerfile", "-C", "app", "--stdout"])
        #expect(result.status == 2 && result.errors.contains("is not below it"), "\(result.errors)")
    }

    /// COPY would put the program into the folder, where ENTRYPOINT does not look.
    @Test func aProgramWithTheNameOfAFolderIsRefused() throws {
        let module = try GoModule(["etc/main.go": GoModule.hello, "usr/main.go": GoModule.hello])
        let refused = try module.run(["dockerfile", "./etc", "--stdout"])
        #expect(refused.status == 2 && refused.errors.contains("the image has a folder /etc"), "\(refused.errors)")
        #expect(try module.run(["dockerfile", "./usr", "--stdout"]).output.contains("ENTRYPOINT [\"/usr\"]"))
    }

    @Test func severalProgramsAreAWrongCommandLine() throws {
        let module = try GoModule(["a/main.go": GoModule.hello, "b/main.go": GoModule.hello])
        #expect(try module.run(["dockerfile", "./...", "--stdout"]).status == 64)
    }

    @Test func whatTheDockerfileLeavesOutIsSaid() throws {
        let module = try GoModule([
            "main.go": GoModule.hello,
            "scratchcheck.yaml": "version: 1\nimage: {user: '7', env: {A: b}, args: [serve]}\n",
        ])
        let result = try module.run(["dockerfile", "--stdout"])
        #expect(result.output.contains("USER 7:7\n"))
        #expect(result.errors.contains("of 'image' in the configuration: args, env; "), "\(result.errors)")
    }

    /// No registry is known that has an image of staticcheck, so the gate is there only if an image is named.
    @Test func theGateIsThereIfAnImageOfStaticcheckIsNamed() throws {
        let module = try GoModule()
        let plain = try module.run(["dockerfile", "--stdout"])
        #expect(!plain.output.contains("gate") && !plain.output.contains("SCRATCHCHECK_IMAGE"))
        #expect(plain.output.contains("COPY --from=build /out/m /m\n"))
        #expect(plain.errors.contains("--tool-image IMAGE"))
        let gated = try module.run(["dockerfile", "--stdout"] + Self.tool)
        #expect(gated.output.contains("ARG SCRATCHCHECK_IMAGE=\(Self.tool[1])\n"))
        #expect(gated.output.contains("&& staticcheck gate "))
        #expect(gated.output.contains("COPY --from=build /image/m /m\n"))
        #expect(!gated.errors.contains("--tool-image"))
    }

    /// The needs of the program were read from what the go command built, so that is the one to compile with, unless go.mod asks
    /// for a newer one.
    @Test func theVersionOfGoIsTheOneThatBuiltTheProgramOrANewerToolchain() throws {
        let go = Checkout.root.appending(path: ".build-python/bin/go").path
        let words = try Execution(go, ["version"]).output.split(separator: " ")
        let version = try #require(words.count > 2 ? words[2].dropFirst(2) : nil)
        for (toolchain, expected) in [
            ("", version), ("toolchain go1.21.1\n", version), ("toolchain go1.99.3\n", "1.99.3"),
        ] {
            let module = try GoModule([
                "main.go": GoModule.hello, "go.mod": "module example.com/m\n\ngo 1.21\n\(toolchain)",
            ])
            let result = try module.run(
                ["dockerfile", "--stdout", "--go", go], environment: ["GOTOOLCHAIN": "local"])
            #expect(result.output.contains("ARG GO_VERSION=\(expected)\n"), "\(result.errors)")
        }
    }

    /// The whole build, with images of its own in place of golang's and this program's, for there is no registry.
    @Test(.enabled(if: geteuid() == 0, "buildah's chroot isolation needs root"))
    func buildahBuildsTheImageAndVerifyTakesIt() throws {
        let script = Checkout.root.appending(path: "Scripts/build-recipe").path
        let result = try Execution(script, [Checkout.program])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.hasSuffix("== done\n"))
    }
}
