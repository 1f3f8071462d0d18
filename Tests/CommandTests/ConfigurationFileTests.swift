import Foundation
import TestSupport
import Testing

/// What scratchcheck.yaml does to a run of the built program.
@Suite(.serialized) struct ConfigurationFileTests {
    private static let versioned =
        "package main\n\nvar version, date = \"none\", \"\"\n\nfunc main() { print(version, \" \", date) }\n"

    @Test func theConfiguredBuildsAreBuilt() throws {
        let module = try GoModule([
            "a/main.go": ConfigurationFileTests.versioned, "b/main.go": GoModule.hello,
            "scratchcheck.yaml": """
            builds:
              - name: tool
                packages: ./a
                platforms: linux/amd64
                ldflags: -X main.version={{version}} -X main.date={{date}}
              - packages: [./b]
                platforms: [linux/386]
            output: out
            reports:
              - {format: json, file: reports/all.json}
            """,
        ])
        try module.commit()
        let result = try module.check()
        #expect(result.status == 0, "\(result.errors)")
        #expect(module.holds("out/linux/amd64/tool.intoto.json") && module.holds("out/linux/386/b"))
        let date = try Execution(
            "git", ["log", "-1", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd"], in: module.folder.url,
            environment: ["TZ": "UTC"]
        ).output.split(separator: "\n").first
        // The first run was begun in a clean tree; what it wrote is not part of the commit.
        #expect(try Execution(module.path("out/linux/amd64/tool"), []).errors == "v1.2.3 \(date ?? "")")
        #expect((try module.json("reports/all.json")["binaries"] as? [Any])?.count == 2)
    }

    @Test func wordsChooseAmongTheBuilds() throws {
        let module = try GoModule([
            "a/main.go": GoModule.hello, "b/main.go": GoModule.hello, "c/main.go": GoModule.hello,
            "scratchcheck.yaml":
                "builds:\n  - {name: tool, packages: ./a, platforms: linux/386}\n  - {packages: [./b, ./c], platforms: linux/arm}\n",
        ])
        #expect(try module.check(["tool"]).status == 0)
        #expect(module.holds("dist/linux/386/tool") && !module.holds("dist/linux/arm"))
        #expect(try module.check(["./b"]).status == 0)
        #expect(module.holds("dist/linux/arm/b") && !module.holds("dist/linux/arm/c"))
    }

    @Test func optionsWinOverTheEnvironmentAndThatOverTheFile() throws {
        let module = try GoModule([
            "main.go": GoModule.hello,
            "scratchcheck.yaml": "builds:\n  - platforms: linux/arm\noutput: out\nstamps: false\n",
        ])
        func commands(_ arguments: [String], _ environment: [String: String] = [:]) throws -> String {
            try module.check(["--dry-run"] + arguments, environment: environment).output
        }
        #expect(try commands([]).contains("GOARCH=arm ") && commands([]).contains("/out/"))
        let variable = ["SCRATCHCHECK_PLATFORM": "linux/386"]
        #expect(try commands([], variable).contains("GOARCH=386 "))
        #expect(try commands(["-p", "linux/amd64"], variable).contains("GOARCH=amd64 "))
        #expect(try commands(["-o", "mine"]).contains("/mine/"))
        #expect(try commands(["--no-config"]).contains("/dist/"))
        #expect(try module.check(["-p", "linux/amd64"]).status == 0)
        #expect(!module.holds("out/linux/amd64/m.intoto.json"))
        #expect(try module.check(["-p", "linux/amd64", "--stamp"]).status == 0)
        #expect(module.holds("out/linux/amd64/m.intoto.json"))
    }

    /// It is found from a folder below, in a repository alone: above that nobody vouches for it.
    @Test func theFileIsFoundUpToTheRepositorysRoot() throws {
        let module = try GoModule([
            "cmd/app/main.go": GoModule.hello,
            "scratchcheck.yaml": "builds:\n  - {packages: ./cmd/app, platforms: linux/386}\n",
        ])
        let below = ["-C", module.path("cmd/app"), "--dry-run"]
        #expect(try module.check(below).output.contains("GOARCH=amd64"))
        try module.commit()
        let result = try module.check(below)
        #expect(result.output.contains("GOARCH=386") && !result.output.contains("GOARCH=amd64"))
        #expect(result.output.contains("cd \(module.path("")) ") || result.output.contains("\(module.path("dist"))"))
    }

    @Test func anExceptionIsRepeatedByTheReport() throws {
        let module = try GoModule([
            "main.go": GoModule.hello,
            "scratchcheck.yaml": """
            builds: [{platforms: linux/amd64}]
            policy:
              rules: {debug-data: error}
              exceptions:
                - {rule: debug-data, reason: we look at it, packages: [example.com/m]}
                - {rule: packed, reason: long ago, until: 2020-01-01}
            """,
        ])
        let result = try module.check()
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("let pass, because: we look at it [debug-data]"))
        #expect(result.output.contains("the exception to packed ended on 2020-01-01: long ago"))
        // The same file and policy for files that are there already.
        let verified = try module.run(["verify", module.path("dist/linux/amd64/m")])
        #expect(verified.status == 0 && verified.output.contains("we look at it"))
        #expect(try module.run(["verify", "--no-config", "--rule", "debug-data=error", "dist"]).status == 1)
    }

    @Test func mistakesAreNamedWithLineAndColumn() throws {
        let module = try GoModule(["main.go": GoModule.hello, "scratchcheck.yaml": "builds:\n  - plattforms: all\n"])
        let result = try module.check()
        #expect(result.status == 2)
        #expect(result.errors.contains("scratchcheck.yaml:2:5: unknown key 'plattforms'"))
        #expect(try module.check(["--config", "absent.yaml"]).errors.contains("absent.yaml"))
    }

    @Test func placeholdersNeedARepository() throws {
        let module = try GoModule()
        let result = try module.check(["--ldflags", "-X main.version={{version}}", "-p", "linux/amd64"])
        #expect(result.status == 2)
        for words in ["{{version}}", "not a git repository", "commit the sources"] {
            #expect(result.errors.contains(words), "\(result.errors)")
        }
    }

    @Test func initWritesWhatCheckReads() throws {
        let module = try GoModule(["cmd/a/main.go": ConfigurationFileTests.versioned, "cmd/b/main.go": GoModule.hello])
        try module.commit(tag: "v3.0.0")
        #expect(try module.run(["init"]).status == 0)
        #expect(try module.run(["init"]).status == 2, "a file that is there is left alone")
        let result = try module.check(["-p", "linux/amd64"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try Execution(module.path("dist/linux/amd64/a"), []).errors.hasPrefix("v3.0.0"))
        #expect(module.holds("dist/linux/amd64/b"))
    }

    /// `{{version}}` stands for nothing there.
    @Test func initWritesWhatCheckReadsWithoutACommit() throws {
        let module = try GoModule(["main.go": ConfigurationFileTests.versioned])
        for script in ["\"$0\" init", "git init -q; \"$0\" init --force"] {
            try Execution("bash", ["-ec", script, Checkout.program], in: module.folder.url).check()
            let result = try module.check(["-p", "linux/amd64"])
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    @Test func initNamesTheProgramsThatAreNotInTheFile() throws {
        let module = try GoModule([
            "cmd/a/main.go": GoModule.hello, "cmd/c/main.go": "package main\n\nimport \"C\"\n\nfunc main() {}\n",
            "cmd/w/main_windows.go": GoModule.hello,
        ])
        let result = try module.run(["init"])
        #expect(result.status == 0)
        for words in [
            "./cmd/c is not in the file: it needs cgo", "./cmd/w is not in the file: all its files are for other",
        ] {
            #expect(result.errors.contains(words), "\(result.errors)")
        }
    }

    @Test func aModuleWithoutProgramsForLinuxIsNamedByInit() throws {
        let module = try GoModule(["main_windows.go": GoModule.hello])
        let result = try module.run(["init"])
        #expect(result.status == 2)
        #expect(result.errors.contains("no program can be built for linux/amd64"), "\(result.errors)")
        #expect(!module.holds("scratchcheck.yaml"))
    }
}
