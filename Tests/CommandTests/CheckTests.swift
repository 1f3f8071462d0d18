import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct CheckTests {
    @Test func buildsVerifiesAndStampsEveryPlatform() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let result = try module.check(["--platform", "linux/amd64,linux/arm/v7"])
        #expect(result.status == 0, "\(result.errors)")
        for place in ["dist/linux/amd64/m", "dist/linux/arm/v7/m"] {
            #expect(module.holds(place))
            #expect(module.holds(place + ".intoto.json"))
            let info = try Execution("go", ["version", "-m", module.path(place)]).output
            #expect(info.contains("CGO_ENABLED=0"))
        }
        let entries = try FileManager.default.contentsOfDirectory(atPath: module.path("dist"))
        #expect(Set(entries) == ["linux", ".gitignore"])
    }

    @Test func theEnvironmentIsNotObeyedInSilence() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let result = try module.check(
            ["--platform", "linux/amd64"],
            environment: ["CGO_ENABLED": "1", "GOFLAGS": "-buildmode=pie", "GOARCH": "arm64"])
        #expect(result.status == 0, "\(result.errors)")
        for word in ["CGO_ENABLED=1", "-buildmode=pie", "GOARCH=arm64"] { #expect(result.errors.contains(word)) }
    }

    @Test func aFileThatFailsLosesItsStamp() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        #expect(try module.check(["--platform", "linux/amd64"]).status == 0)
        let result = try module.check(["--platform", "linux/amd64", ".", "--", "-buildmode=pie"])
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.output.contains("PT_INTERP"))
        #expect(module.holds("dist/linux/amd64/m"))
        #expect(!module.holds("dist/linux/amd64/m.intoto.json"))
    }

    /// A package far below asks the linker for a library, as those do that call C without cgo.
    @Test func aDynamicProgramIsExplainedByItsImports() throws {
        let module = try GoModule([
            "main.go": "package main\n\nimport _ \"example.com/m/middle\"\n\nfunc main() {}\n",
            "middle/middle.go": "package middle\n\nimport _ \"example.com/m/low\"\n",
            "low/low.go": """
            package low

            import _ "unsafe"

            //go:cgo_import_dynamic libc_getpid getpid "libc.so.6"
            //go:linkname libc_getpid libc_getpid
            var libc_getpid uintptr

            func init() { println(&libc_getpid) }

            """, "low/empty.s": "",
        ])
        let result = try module.check(["--platform", "linux/amd64"])
        #expect(result.status == 1, "\(result.errors)")
        let chain = "example.com/m → example.com/m/middle → example.com/m/low"
        #expect(result.output.contains("example.com/m/low/low.go:5 imports a symbol of a library"))
        #expect(result.output.contains(chain))
        #expect(result.output.contains("DT_NEEDED libc.so.6, for getpid"))
    }

    @Test func aDynamicProgramIsExplainedByItsFlags() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let result = try module.check(["--platform", "linux/amd64", ".", "--", "-buildmode=pie"])
        #expect(result.output.contains("because:   the flag -buildmode=pie"))
    }

    @Test func oneFailingPlatformLeavesTheOthers() throws {
        let module = try GoModule([
            "main.go": GoModule.hello, "broken_linux_386.go": "package main\n\nfunc init() { undefined() }\n",
        ])
        let result = try module.check(["--platform", "linux/386,linux/amd64"])
        #expect(result.status == 2)
        #expect(result.output.contains("undefined"))
        #expect(module.holds("dist/linux/amd64/m.intoto.json"))
        #expect(!module.holds("dist/linux/386/m"))
    }

    @Test func mainsOfOneNameDoNotOverwriteEachOther() throws {
        let module = try GoModule(["pass/cmd/main.go": GoModule.hello, "wincred/cmd/main.go": GoModule.hello])
        let result = try module.check(["--platform", "linux/amd64", "./..."])
        #expect(result.status == 0, "\(result.errors)")
        #expect(module.holds("dist/linux/amd64/pass-cmd"))
        #expect(module.holds("dist/linux/amd64/wincred-cmd"))
    }

    @Test func aPatternWithoutProgramNamesThoseThereAre() throws {
        let module = try GoModule(["lib/lib.go": "package lib\n", "cmd/app/main.go": GoModule.hello])
        let result = try module.check(["./lib"])
        #expect(result.status == 64)
        #expect(result.errors.contains("\n  ./cmd/app\n"))
    }

    @Test func aFolderWithAModuleOfItsOwnIsBuiltThere() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        try module.folder.write("module example.com/inner\n\ngo 1.18\n", to: "inner/go.mod")
        try module.folder.write(GoModule.hello, to: "inner/main.go")
        let result = try module.check(["--platform", "linux/amd64", "./inner"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(module.holds("dist/linux/amd64/inner"))
    }

    @Test func otherSystemsAreNotApplicableAndNotStamped() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let result = try module.check(["--platform", "windows/amd64"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("not applicable"))
        #expect(module.holds("dist/windows/amd64/m.exe"))
        #expect(!module.holds("dist/windows/amd64/m.exe.intoto.json"))
    }

    @Test func anUnknownPlatformNamesTheNearest() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let result = try module.check(["--platform", "linux/arm46"])
        #expect(result.status == 64)
        #expect(result.errors.contains("linux/arm64"))
    }

    @Test func everyModuleOfAWorkspaceIsBuilt() throws {
        let module = try GoModule([:])
        try FileManager.default.removeItem(atPath: module.path("go.mod"))
        try module.folder.write("go 1.18\n\nuse ./a\n\nuse ./b\n", to: "go.work")
        for name in ["a", "b"] {
            try module.folder.write("module example.com/\(name)\n\ngo 1.18\n", to: "\(name)/go.mod")
            try module.folder.write(GoModule.hello, to: "\(name)/main.go")
        }
        let result = try module.check(["--platform", "linux/amd64", "./a", "./b"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(module.holds("dist/linux/amd64/a"))
        #expect(module.holds("dist/linux/amd64/b"))
        let all = try module.check(["--platform", "linux/amd64", "./..."])
        #expect(all.status == 0 && all.output.contains("2 ready"), "\(all.output)\(all.errors)")
        let none = try module.check(["--platform", "linux/amd64"])
        #expect(none.status == 64 && none.errors.contains("./a") && none.errors.contains("./b"), "\(none.errors)")
    }

    @Test func vendoredDependenciesAreUsed() throws {
        let module = try GoModule([
            "main.go": "package main\n\nimport \"example.com/dep\"\n\nfunc main() { dep.Say() }\n",
            "vendor/example.com/dep/dep.go": "package dep\n\nfunc Say() { println(\"dep\") }\n",
            "vendor/modules.txt": "# example.com/dep v1.0.0\n## explicit; go 1.18\nexample.com/dep\n",
        ])
        try module.folder.write("module example.com/m\n\ngo 1.18\n\nrequire example.com/dep v1.0.0\n", to: "go.mod")
        let result = try module.check(["--platform", "linux/amd64"], environment: ["GOPROXY": "off"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("1 ready"))
    }

    @Test func flagsReachGo() throws {
        let module = try GoModule([
            "main.go": "package main\n\nvar version = \"none\"\n\nfunc main() { print(version, tagged) }\n",
            "tagged.go": "//go:build special\n\npackage main\n\nconst tagged = \"-tagged\"\n",
        ])
        let result = try module.check([
            "--platform", "linux/amd64", "--tags", "special", "--ldflags", "-s -w -X main.version=1.2",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let program = try Execution(module.path("dist/linux/amd64/m"), [])
        #expect(program.errors == "1.2-tagged")
    }

    @Test func aProgramNamedByItsFileIsBuilt() throws {
        let module = try GoModule(["tool.go": GoModule.hello, "other.go": GoModule.hello])
        let result = try module.check(["--platform", "linux/amd64", "tool.go"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(module.holds("dist/linux/amd64/tool"))
    }

    @Test func anotherFolderIsWorkedIn() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let result = try Execution(
            Checkout.program, ["-C", module.folder.url.path, "--platform", "linux/amd64", "--no-stamp"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(module.holds("dist/linux/amd64/m"))
        #expect(!module.holds("dist/linux/amd64/m.intoto.json"))
    }

    @Test func aGoThatIsTooOldIsNamed() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let go = try module.folder.write("#!/bin/sh\necho go1.17.13\n", to: "old/go")
        #expect(try Execution("chmod", ["+x", go.path]).status == 0)
        let result = try module.check(["--go", go.path])
        #expect(result.status == 2)
        #expect(result.errors.contains("go1.17.13; go 1.18 or later is needed"))
    }

    @Test func anUnwritableOutputFolderIsAClearError() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let result = try module.check(["--platform", "linux/amd64", "--output", "/proc/dist"])
        #expect(result.status == 2)
        #expect(result.errors.contains("/proc/dist"))
        #expect(!result.errors.contains("Error("))
    }

    @Test func noGoIsAClearError() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let result = try module.check(["--go", "/nonexistent/go"])
        #expect(result.status == 2)
        #expect(result.errors.contains("/nonexistent/go"))
    }

    @Test(arguments: ["INT", "TERM", "QUIT"]) func anInterruptionLeavesNothingHalfMade(signal: String) throws {
        let module = try GoModule([
            "main.go": "package main\n\nimport \"net/http\"\n\nfunc main() { http.ListenAndServe(\"\", nil) }\n"
        ])
        let cache = try TemporaryFolder()
        // Without job control a shell has its background jobs ignore SIGINT.
        let script =
            "set -m; \"$0\" check --platform linux/amd64 & pid=$!; until [ -d dist ]; do sleep 0.1; done; sleep 1; kill -$1 $pid; wait $pid"
        let result = try Execution(
            "bash", ["-c", script, Checkout.program, signal], in: module.folder.url,
            environment: ["GOCACHE": cache.url.path])
        #expect(result.status == 130)
        let left = try FileManager.default.contentsOfDirectory(atPath: module.path("dist"))
        // The folder hides itself from git from the start; nothing else may be in it.
        #expect(left == [".gitignore"])
        #expect(try Execution("pgrep", ["-f", cache.url.path]).output.isEmpty)
    }

    /// Otherwise one moves programs into place while the other reads them under their old names.
    @Test func runsIntoOneFolderComeOneAfterTheOther() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let script = """
            for round in 1 2; do
                for n in 1 2 3; do "$0" check --platform linux/amd64 & done
                for n in 1 2 3; do wait -n || exit; done
            done
            """
        let result = try Execution("bash", ["-c", script, Checkout.program], in: module.folder.url)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("waiting for another run that writes into dist"))
    }

    /// Each build waits for the other to begin.
    @Test func partsOfOneMatrixAreBuiltIntoOneFolderAtTheSameTime() throws {
        let module = try GoModule([
            "main.go": GoModule.hello,
            "meeting-go": #"""
            #!/bin/sh
            if [ "$1" = build ]; then
                mkdir -p "$MEETING"; : >"$MEETING/$$"
                for turn in $(seq 3000); do [ "$(ls "$MEETING" | wc -l)" -ge 2 ] && exec go "$@"; sleep 0.1; done
                echo alone; exit 1
            fi
            exec go "$@"
            """#,
        ])
        #expect(chmod(module.path("meeting-go"), 0o755) == 0)
        let script = """
            for n in 1 2; do
                "$0" check -q --platform linux/amd64,linux/arm64 --go ./meeting-go --shard $n/2 &
            done
            for n in 1 2; do wait -n || exit; done
            """
        let result = try Execution(
            "bash", ["-c", script, Checkout.program], in: module.folder.url,
            environment: ["MEETING": module.path("meeting")])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        #expect(module.holds("dist/linux/amd64/m") && module.holds("dist/linux/arm64/m"))
    }

    /// nohup(1) starts a program with SIGHUP ignored, and it stays so.
    @Test func anIgnoredHangUpEndsNothing() throws {
        let module = try GoModule([
            "main.go": GoModule.hello, "slow-go": "#!/bin/sh\nsleep 0.3\nexec go \"$@\"\n",
        ])
        #expect(chmod(module.path("slow-go"), 0o755) == 0)
        let script = """
            trap '' HUP
            "$0" check -p linux/amd64 --go ./slow-go & pid=$!
            sleep 0.5; kill -HUP $pid || exit 99; wait $pid
            """
        let result = try Execution("bash", ["-c", script, Checkout.program], in: module.folder.url)
        #expect(result.status == 0, "\(result.errors)")
        #expect(module.holds("dist/linux/amd64/m"))
    }

    /// The first descriptors that are free are then those of the standard streams. The report is lost, so the exit code is 2
    /// and not 130, and the program is whole.
    @Test func closedStreamsAreNoInterruption() throws {
        let module = try GoModule(["main.go": GoModule.hello])
        let script = "\"$0\" check -p linux/amd64 <&- >&- 2>&-"
        let result = try Execution("bash", ["-c", script, Checkout.program], in: module.folder.url)
        #expect(result.status == 2)
        #expect(module.holds("dist/linux/amd64/m"))
    }
}
