import Foundation
import TestSupport
import Testing

/// How programs of several shapes are built, and what is done about builds that go wrong.
@Suite(.serialized) struct BuildTests {
    private let one = ["-p", "linux/amd64"]

    /// The memory that the collector is spared, and the threads, are no part of what is built.
    @Test func theOutputIsThatOfAPlainGoBuild() throws {
        let module = try GoModule([
            "main.go": "package main\n\nimport \"strings\"\n\nfunc main() { println(strings.ToUpper(\"a\")) }\n"
        ])
        #expect(try module.check(["-p", "linux/amd64,linux/arm"]).status == 0)
        for architecture in ["amd64", "arm"] {
            let cache = try TemporaryFolder()
            let build = try Execution(
                "go", ["build", "-trimpath", "-o", "plain", "."], in: module.folder.url,
                environment: ["CGO_ENABLED": "0", "GOARCH": architecture, "GOOS": "linux", "GOCACHE": cache.url.path])
            #expect(build.status == 0, "\(build.errors)")
            #expect(try module.bytes("plain") == module.bytes("dist/linux/\(architecture)/m"))
        }
    }

    /// git refuses repositories of other users, as containers of CI systems have them; the variable makes it see one.
    @Test func aRepositoryOfAnotherUserSaysWhatToDo() throws {
        let module = try GoModule()
        try module.commit()
        let result = try module.check(one, environment: ["GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"])
        #expect(result.status == 2)
        for remedy in ["git config --global --add safe.directory", "-buildvcs=false"] {
            #expect(result.output.contains(remedy), "\(result.output)\(result.errors)")
        }
    }

    @Test(arguments: [[], ["--no-stamp"]]) func aProgramThatNothingChangedIsNotLinkedAgain(options: [String]) throws {
        let module = try GoModule()
        let one = one + options
        #expect(try module.check(one).status == 0)
        let path = module.path("dist/linux/amd64/m")
        func inode() throws -> Int? {
            (try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? NSNumber)?.intValue
        }
        let before = try inode()
        #expect(try module.check(one).status == 0)
        #expect(try inode() == before)
        try module.folder.write("package main\n\nfunc main() { println(\"bye\") }\n", to: "main.go")
        #expect(try module.check(one).status == 0)
        #expect(try inode() != before)
        #expect(try Execution(path, []).errors == "bye\n")
    }

    /// go looks at the build ID alone, and would keep the changed file.
    @Test(arguments: [[], ["--no-stamp"]]) func aProgramThatWasChangedSinceIsLinkedAnew(options: [String]) throws {
        let module = try GoModule()
        let one = one + options
        #expect(try module.check(one).status == 0)
        let path = URL(filePath: module.path("dist/linux/amd64/m"))
        let original = try Data(contentsOf: path)
        var changed = original
        let place = try #require(changed.range(of: Data("hello\n".utf8)))
        changed.replaceSubrange(place, with: Data("HELLO\n".utf8))
        let handle = try FileHandle(forWritingTo: path)
        try handle.write(contentsOf: changed)
        try handle.close()
        #expect(try Execution(path.path, []).errors == "HELLO\n")
        let result = try module.check(one)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try Data(contentsOf: path) == original)
    }

    /// What the last run wrote is not read again if stat(2) says that nobody changed it. A program can set back the time of the last
    /// write, but not that of the last change.
    @Test func aProgramThatWasChangedInSecretIsLinkedAnew() throws {
        let names = (0..<8).map { "p\($0)" }
        let module = try GoModule(
            Dictionary(uniqueKeysWithValues: names.map { ("cmd/\($0)/main.go", GoModule.hello) }))
        func check() throws {
            let result = try module.check(one + ["./..."], environment: ["XDG_CACHE_HOME": module.path("user")])
            #expect(result.status == 0, "\(result.errors)")
        }
        try check()
        try check()
        let records = try FileManager.default.contentsOfDirectory(atPath: module.path("user/staticcheck/built"))
        let record = try String(contentsOfFile: module.path("user/staticcheck/built/\(records[0])"), encoding: .utf8)
        let states = record.split(separator: "\n").filter { $0.hasPrefix("# ") }
        #expect(!states.isEmpty)
        for state in states {
            let words = state.split(separator: " ").map(String.init)
            let told = try Execution("stat", ["-c", "%d %i", module.path("dist/\(words[7])")]).output
            #expect(told == "\(words[1]) \(words[2])\n")
        }
        for name in names {
            let path = module.path("dist/linux/amd64/\(name)")
            let original = try module.bytes("dist/linux/amd64/\(name)")
            try Execution(
                "sh",
                [
                    "-c",
                    #"touch -r "$0" "$1" && printf x | dd of="$0" seek=4096 bs=1 conv=notrunc && touch -r "$1" "$0""#,
                    path, module.path("reference"),
                ]
            ).check()
            #expect(try module.bytes("dist/linux/amd64/\(name)") != original)
            try check()
            #expect(try module.bytes("dist/linux/amd64/\(name)") == original)
        }
    }

    /// The copy that is built has the files that the program embeds.
    @Test func theWorkIsReproducible() throws {
        let module = try GoModule([
            "main.go":
                "package main\n\nimport _ \"embed\"\n\n//go:embed words.txt\nvar words string\n\nfunc main() { print(words) }\n",
            "words.txt": "embedded", "z/z.go": "package z\n", "vendor.txt": "x",
        ])
        let result = try module.check(one + ["--reproduce"])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        #expect(try Execution(module.path("dist/linux/amd64/m"), []).errors == "embedded")
        let stamp = try module.json("dist/linux/amd64/m.intoto.json")
        let predicate = stamp["predicate"] as? [String: Any]
        let field = predicate?["urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#reproduction/v0.1"] as? [String: Any]
        #expect(field?["isIdentical"] as? Bool == true)
    }

    /// Without -trimpath the file holds the folder that it was built in.
    @Test func whatIsNotReproducibleIsNamed() throws {
        let module = try GoModule()
        let result = try module.check(one + ["--reproduce", "--no-trimpath"])
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.output.contains("[not-reproducible]"))
        #expect(result.output.contains("the build path: the file holds \(module.folder.url.path)"))
        #expect(!module.holds("dist/linux/amd64/m.intoto.json"))
    }

    /// The copy is of the whole repository: without it the second build would lack its commit.
    @Test func theCommitIsReproducedToo() throws {
        let module = try GoModule(["sub/main.go": GoModule.hello])
        try module.commit()
        let result = try module.check(one + ["--reproduce", "./sub", "--buildvcs", "true"])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        let info = try Execution("go", ["version", "-m", module.path("dist/linux/amd64/sub")]).output
        #expect(info.contains("vcs.revision="))
    }

    @Test func aGoVersionThatIsThereIsUsedAndReadBack() throws {
        let module = try GoModule()
        let version = try Execution("go", ["env", "GOVERSION"], in: module.folder.url).output.split(separator: "\n")[0]
        #expect(try module.check(one + ["--go-version", String(version.dropFirst(2))]).status == 0)
    }

    /// A program of that name on PATH that is another Go than it calls itself.
    @Test func aGoVersionThatBuildsSomethingElseIsRefused() throws {
        let module = try GoModule()
        let script = "#!/bin/sh\n[ \"$1\" = env ] && { echo go1.2.3; echo; exit; }\nexec go \"$@\"\n"
        let go = try module.folder.write(script.replacing("1.2.3", with: "1.33.3"), to: "bin/go1.33.3")
        #expect(try Execution("chmod", ["+x", go.path]).status == 0)
        let path = module.path("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        let result = try module.check(
            one + ["--go-version", "1.33.3"], environment: ["PATH": path, "GOTOOLCHAIN": "local"])
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.output.contains("but go1.33.3 was asked for"))
    }

    @Test func aGoVersionThatIsNowhereSaysWhatWasTried() throws {
        let module = try GoModule()
        let result = try module.check(one + ["--go-version", "1.99.7"], environment: ["GOPROXY": "off"])
        #expect(result.status == 2)
        #expect(result.errors.contains("no go1.99.7 on PATH"))
        #expect(result.errors.contains("go install golang.org/dl/go1.99.7@latest"))
        #expect(try module.check(one + ["--go-version", "newest"]).status == 64)
    }

    @Test func aCompilerThatTheSystemKilledIsReportedAsThat() throws {
        let module = try GoModule()
        let script = """
            #!/bin/sh
            [ "$1" = build ] || exec go "$@"
            echo 'example.com/m: /go/pkg/tool/linux_amd64/compile: signal: killed' >&2
            exit 1

            """
        let go = try module.folder.write(script, to: "bin/go")
        #expect(try Execution("chmod", ["+x", go.path]).status == 0)
        let result = try module.check(one + ["--go", go.path, "--memory", "4GiB"])
        #expect(result.status == 2)
        #expect(result.output.contains("The system killed a compiler or linker"))
        #expect(result.output.contains("--jobs 1 --memory 2048MiB"))
    }

    /// Without a go line a module is of Go 1.16 (https://go.dev/ref/mod#go-mod-file-go).
    @Test(arguments: ["module example.com/m\n", "module example.com/m\n\ngo 1.11\n"])
    func oldModulesAreBuilt(goMod: String) throws {
        let module = try GoModule(["main.go": GoModule.hello, "go.mod": goMod])
        let result = try module.check(one, environment: ["GOPROXY": "off"])
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func aProgramThatNeedsCgoSaysSo() throws {
        let module = try GoModule([
            "main.go": "package main\n\nimport \"example.com/m/native\"\n\nfunc main() { native.Do() }\n",
            "native/native.go":
                "package native\n\n// int one(void) { return 1; }\nimport \"C\"\n\nfunc Do() { C.one() }\n",
        ])
        let result = try module.check(one)
        #expect(result.status == 2)
        #expect(result.output.contains("native"), "\(result.output)")
    }

    @Test func aProgramThatIsCgoAltogetherIsToldSo() throws {
        let module = try GoModule(["main.go": "package main\n\nimport \"C\"\n\nfunc main() {}\n"])
        let run = try module.run(["-p", "linux/amd64"])
        #expect(run.status == 2)
        #expect(run.errors.contains("every file of example.com/m needs cgo (import \"C\")"))
    }

    @Test func manyProgramsAreBuiltByOneCommandForEachPlatform() throws {
        let names = (1...6).map { "p\($0)" }
        let module = try GoModule(
            Dictionary(uniqueKeysWithValues: names.map { ("cmd/\($0)/main.go", GoModule.hello) }))
        let result = try module.check(["./...", "-v"] + one)
        #expect(result.status == 0, "\(result.errors)")
        #expect(names.allSatisfy { module.holds("dist/linux/amd64/\($0).intoto.json") })
        #expect(result.errors.split(separator: "\n").count { $0.contains("go build") } == 1)
    }

    @Test func theShownCommandBuildsTheSameFile() throws {
        let module = try GoModule()
        let shown = try module.check(one + ["--dry-run"])
        #expect(shown.status == 0)
        #expect(!module.holds("dist"))
        #expect(try Execution("sh", ["-c", shown.output], in: module.folder.url).status == 0)
        let built = try module.bytes("dist/linux/amd64/m")
        #expect(try module.check(one).status == 0)
        #expect(try module.bytes("dist/linux/amd64/m") == built)
    }

    @Test func quietSaysNothingButTheReport() throws {
        let module = try GoModule()
        let result = try module.check(one + ["--quiet"])
        #expect(result.errors.isEmpty)
        #expect(result.output.contains("1 ready"))
        #expect(try module.check(one + ["-q", "-v"]).status == 64)
    }

    @Test(arguments: ["lots", "0", "-1GiB", "1kB", ""]) func memoryMustBeAnAmount(text: String) throws {
        #expect(try GoModule().check(["--memory", text]).status == 64)
    }
}
