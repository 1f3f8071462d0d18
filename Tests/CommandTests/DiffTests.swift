import Foundation
import TestSupport
import Testing

/// What changed between two releases, compared with what Go's own tools and skopeo say about the same files.
struct DiffTests {
    private static let server = """
        package main

        import (
        \t"net/http"
        \t_ "net/http/pprof"
        )

        func main() { http.ListenAndServe(":8080", nil) }
        """
    private static let newGo = Checkout.root.appending(path: ".build-python/bin/go").path

    @discardableResult private func build(
        _ module: GoModule, to name: String, _ flags: [String] = [], go: String = "go", _ more: [String: String] = [:]
    ) throws -> String {
        let variables = ["CGO_ENABLED": "0", "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local"].merging(more) { $1 }
        try Execution(go, ["build", "-o", name] + flags + ["."], in: module.folder.url, environment: variables).check()
        return module.path(name)
    }

    private func diff(_ before: String, _ now: String, _ arguments: [String] = []) throws -> Execution {
        try Execution(Checkout.program, ["diff", "--no-config", before, now] + arguments)
    }

    private func program(_ before: String, _ now: String) throws -> Report.Program {
        let result = try diff(before, now, ["--format", "json"])
        #expect(result.status == 0, "\(result.errors)")
        return try #require(JSONDecoder().decode(Report.self, from: Data(result.output.utf8)).programs.first)
    }

    private struct Report: Decodable {
        let programs: [Program]
        let images: [Image]

        struct Program: Decodable {
            let status: String
            let values: [Change]
            let modules: [Change]
            let settings: [Change]
            let packages: Names
            let parts: [Part]
            let needs: Names
            let newFindings: [Finding]
        }
        struct Change: Decodable, Hashable {
            let name: String
            var before: String?
            var now: String?
        }
        struct Names: Decodable {
            let gained: [String]
            let lost: [String]
        }
        struct Part: Decodable {
            let name: String
            let module: String?
            let before: Int?
            let now: Int?
        }
        struct Finding: Decodable { let rule: String }
        struct Image: Decodable {
            let platform: String
            let status: String
            let settings: [Change]
            let files: [File]
            let programs: [Program]
        }
        struct File: Decodable {
            let path: String
            let before: State?
            let now: State?
        }
        struct State: Decodable, Hashable {
            let mode: String
            let owner: String
            let sha256: String?
        }
    }

    /// The lines `build NAME=VALUE` of `go version -m`.
    private func settings(_ file: String) throws -> [String: String] {
        let lines = try Execution(Self.newGo, ["version", "-m", file]).output.split(separator: "\n")
        let pairs = lines.compactMap { line -> (String, String)? in
            let words = line.split(separator: "\t")
            guard words.first == "build", let equals = words[1].firstIndex(of: "=") else { return nil }
            let value = words[1][words[1].index(after: equals)...]
            return (String(words[1][..<equals]), value.trimmingCharacters(in: ["\""]))
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    @Test func theSettingsAreThoseOfGoVersion() throws {
        let module = try GoModule()
        let before = try build(module, to: "a")
        let now = try build(module, to: "b", ["-ldflags", "-s -w", "-trimpath", "-tags", "netgo"], go: Self.newGo)
        let (old, new) = (try settings(before), try settings(now))
        let expected = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
            .map { Report.Change(name: $0, before: old[$0], now: new[$0]) }
        let found = try program(before, now)
        #expect(Set(found.settings) == Set(expected) && expected.contains { $0.name == "-trimpath" })
        let go = try #require(found.values.first { $0.name == "go" })
        #expect(go.before?.hasPrefix("go1.") == true && go.before != go.now)
        #expect(try Execution(Self.newGo, ["version"]).output.contains("\(go.now ?? "-") "))
    }

    /// go tool nm names the functions; those that are inlined everywhere are only in the line table.
    @Test(arguments: [[:], ["GOARCH": "mips"]])
    func thePackagesAreThoseOfTheSymbols(platform: [String: String]) throws {
        let hello = try GoModule()
        let small = try build(hello, to: "a", go: Self.newGo, platform)
        let module = try GoModule(["main.go": Self.server])
        let large = try build(module, to: "a", go: Self.newGo, platform)
        let stripped = try build(module, to: "b", ["-ldflags", "-s -w"], go: Self.newGo, platform)
        func packages(_ file: String) throws -> Set<String> {
            let symbols = try Execution(Self.newGo, ["tool", "nm", file]).output.split(separator: "\n")
            let names = symbols.compactMap { line -> Substring? in
                let words = line.split(separator: " ", maxSplits: 2)
                return words.count == 3 && ["T", "t"].contains(words[1]) ? words[2] : nil
            }
            return Set(
                names.compactMap { name in
                    name.wholeMatch(of: /((?:[a-z0-9.%]+\/)*[a-z0-9%]+)\.[(A-Za-z_].*/).map {
                        String($0.1).replacing("%2e", with: ".")
                    }
                })
        }
        // Of these the smaller program has functions too, which are inlined there and so are not symbols.
        let inlined: Set = ["internal/stringslite", "math/bits"]
        let gained = try packages(large).subtracting(packages(small)).subtracting(inlined)
        #expect(gained.contains("net/http/pprof") && gained.count > 50)
        for file in [large, stripped] {
            let found = try program(small, file)
            #expect(gained.subtracting(found.packages.gained).isEmpty, "\(gained.subtracting(found.packages.gained))")
            #expect(found.needs.gained.contains("nsswitch"))
            // Parts add up to the files.
            let growth = found.parts.reduce(0) { $0 + ($1.now ?? 0) - ($1.before ?? 0) }
            #expect(growth == (try size(file)) - (try size(small)))
        }
    }

    private func size(_ file: String) throws -> Int {
        (try FileManager.default.attributesOfItem(atPath: file)[.size] as? NSNumber)?.intValue ?? 0
    }

    @Test func modulesAreComparedByThePathThatTheyAreRequiredBy() throws {
        func module(_ version: String, replace: String) throws -> GoModule {
            try GoModule([
                "go.mod": """
                module example.com/m

                go 1.18

                require example.com/dep \(version)
                \(replace)
                """,
                "main.go": "package main\n\nimport \"example.com/dep\"\n\nfunc main() { dep.Say() }\n",
                "dep/go.mod": "module example.com/dep\n\ngo 1.18\n",
                "dep/dep.go": "package dep\n\nfunc Say() { println(1) }\n",
                "fork/go.mod": "module example.com/fork\n\ngo 1.18\n",
                "fork/dep.go": "package dep\n\nfunc Say() { println(2) }\n",
            ])
        }
        let old = try module("v1.0.0", replace: "replace example.com/dep => ./dep")
        let new = try module("v1.1.0", replace: "replace example.com/dep => ./fork")
        let without = try GoModule()
        let before = try build(old, to: "app")
        let now = try build(new, to: "app")
        let found = try program(before, now)
        #expect(
            found.modules == [
                .init(name: "example.com/dep", before: "v1.0.0 => ./dep (devel)", now: "v1.1.0 => ./fork (devel)")
            ])
        let told = try Execution("go", ["version", "-m", now]).output
        #expect(told.contains("dep\texample.com/dep\tv1.1.0") && told.contains("=>\t./fork\t(devel)"))
        let gone = try program(now, build(without, to: "app"))
        #expect(gone.modules.map(\.name) == ["example.com/dep"] && gone.modules.first?.now == nil)
    }

    @Test func foldersAreComparedByPath() throws {
        let folder = try TemporaryFolder()
        for (name, sample) in [
            ("1/linux/amd64/app", "go-linux-amd64"), ("2/linux/amd64/app", "go-linux-amd64"),
            ("1/linux/arm/v7/app", "go-linux-arm-v7"), ("2/linux/s390x/app", "go-linux-s390x"),
        ] {
            let place = folder.url.appending(path: name)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: Checkout.sample(sample), toPath: place.path)
        }
        let result = try Execution(Checkout.program, ["diff", "1", "2"], in: folder.url)
        #expect(result.status == 0, "\(result.errors)")
        for line in [
            "linux/amd64/app (linux/amd64): the same", "linux/s390x/app (linux/s390x): added",
            "linux/arm/v7/app (linux/arm): removed", "1 added, 1 removed, 1 the same",
        ] { #expect(result.output.contains(line), "\(result.output)") }
    }

    @Test func anImageIsComparedPlatformByPlatform() throws {
        typealias Platform = HandMadeImage.Platform
        let app = HandMadeImage.Entry.file("app", Checkout.sample("go-linux-amd64"))
        let before = try HandMadeImage([
            Platform([[app, .text("etc/a", "1"), .text("etc/gone"), .text("etc/mode")]], user: "65532"),
            Platform([[app]], on: "linux/386"),
        ])
        let now = try HandMadeImage([
            Platform([[app, .text("etc/a", "2"), .text("etc/new"), .text("etc/mode", mode: 0o600)]], user: "root"),
            Platform([[app]], on: "linux/s390x"),
        ])
        let result = try diff(before.name, now.name, ["--format", "json"])
        #expect(result.status == 0, "\(result.errors)")
        let images = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)).images
        #expect(
            images.map { "\($0.platform) \($0.status)" } == [
                "linux/amd64 changed", "linux/s390x added", "linux/386 removed",
            ])
        let image = try #require(images.first)
        #expect(image.files.map(\.path) == ["/etc/a", "/etc/gone", "/etc/mode", "/etc/new"])
        let mode = image.files[2]
        #expect(mode.before?.mode == "0644" && mode.now?.mode == "0600" && mode.before?.sha256 == mode.now?.sha256)
        #expect(image.files[1].now == nil && image.files[3].before == nil)
        #expect(image.settings == [.init(name: "user", before: "65532", now: "root")])
        #expect(image.programs.first?.newFindings.map(\.rule) == ["runs-as-root"])
    }

    private struct Configuration: Decodable {
        let config: Execution

        struct Execution: Decodable {
            let User: String?
            let Env: [String]?
            let ExposedPorts: [String: [String: String]]?
        }
    }

    private func configuration(of image: String) throws -> Configuration.Execution {
        let run = try Execution("skopeo", ["inspect", "--config", image])
        return try JSONDecoder().decode(Configuration.self, from: Data(run.output.utf8)).config
    }

    /// A file that cannot be read may be the same as before; a file that is not there was removed.
    @Test func whatCannotBeReadIsNotRemoved() throws {
        let folder = try TemporaryFolder()
        let script = """
            for file in old/gone old/dark old/shut/a old/same new/dark new/shut/a new/same; do
                mkdir -p "${file%/*}" && cp "$1" "$file" || exit
            done
            chmod -R a+rX . && chmod 000 new/dark new/shut
            if [ "$(id -u)" = 0 ]; then
                exec setpriv --reuid 1000 --regid 1000 --clear-groups "$0" diff --no-config --format json old new
            fi
            exec "$0" diff --no-config --format json old new
            """
        let result = try Execution(
            "sh", ["-c", script, Checkout.program, Checkout.sample("go-linux-amd64")], in: folder.url)
        #expect(result.status == 2, "\(result.errors)")
        let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let programs = report?["programs"] as? [[String: Any]] ?? []
        #expect(programs.compactMap { $0["path"] as? String } == ["gone", "same"], "\(result.output)")
        #expect(programs.first?["status"] as? String == "removed")
        #expect((report?["problems"] as? [[String: Any]])?.count == 2)
        try Execution("chmod", ["-R", "u+rwX", "."], in: folder.url).check()
    }

    /// What skopeo shows of the configurations is what differs.
    @Test func theConfigurationIsThatOfSkopeo() throws {
        let module = try GoModule()
        func image(_ name: String, _ arguments: [String]) throws -> String {
            try module.run(["image", "-p", "linux/amd64", "-t", "app:1", "-q", "-o", "oci:\(name)"] + arguments).check()
            return "oci:" + module.path(name)
        }
        let before = try image("a", ["--expose", "8080", "--writable", "/data", "--healthcheck", "exec:/m,-q"])
        let now = try image("b", ["--env", "A=b", "--user", "1000"])
        let result = try diff(before, now, ["--format", "json"])
        let found = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)).images.first?.settings ?? []
        let (old, new) = (try configuration(of: before), try configuration(of: now))
        #expect(found.contains(.init(name: "user", before: old.User, now: new.User)), "\(found)")
        #expect(old.ExposedPorts?.keys.sorted() == ["8080/tcp"] && new.ExposedPorts == nil)
        #expect(found.contains(.init(name: "port 8080/tcp", before: "exposed")))
        #expect(new.Env?.contains("A=b") == true && found.contains(.init(name: "environment A", now: "b")))
        let raw = try Execution(
            "sh",
            [
                "-c",
                "skopeo inspect --config --raw \(before) | jq -c '[.config | (.Volumes | keys[]), .Healthcheck.Test]'",
            ]
        ).output
        #expect(raw == "[\"/data\",[\"CMD\",\"/m\",\"-q\"]]\n")
        #expect(found.contains(.init(name: "volume /data", before: "declared")))
        #expect(found.contains(.init(name: "health check", before: "[\"CMD\", \"/m\", \"-q\"]")))
    }

    @Test(arguments: [
        ("--fail-on=error", Int32(0)), ("--fail-on=warning", 1), ("--fail-on-growth=10000%", 0),
        ("--fail-on-growth=1%", 1), ("--fail-on=never", 0),
    ]) func theExitCodeIsThatOfNewFindings(option: String, status: Int32) throws {
        let before = Checkout.sample("go-linux-amd64")
        let now = Checkout.sample("hazards/https-client")
        let result = try diff(before, now, [option])
        #expect(result.status == status, "\(result.output)\(result.errors)")
        // What was there before is not new.
        #expect(try diff(now, now, ["--fail-on", "note", "--fail-on-growth", "0%"]).status == 0)
    }

    @Test(arguments: [
        ("go-linux-amd64", "absent", Int32(2)), ("go-linux-amd64", "script", 2), ("go-linux-amd64", "hazards", 64),
        ("truncated", "phnum-beyond-end", 0), ("junk-sections", "packed-code", 0), ("empty", "go-linux-amd64", 2),
    ]) func whatCannotBeComparedIsAnError(before: String, now: String, status: Int32) throws {
        let result = try diff(Checkout.sample(before), Checkout.sample(now))
        #expect(result.status == status, "\(result.output)\(result.errors)")
    }

    /// Names of files and messages come from outside.
    @Test func nothingSteersTheTerminalOrTheDocument() throws {
        var program = GoProgram()
        program.info += ["dep\tevil\u{1b}[2J|<b>\tv1.0.0\t", "build\t-tags=\u{202e}x"]
        let folder = try TemporaryFolder()
        let (before, now) = (folder.url.appending(path: "a"), folder.url.appending(path: "b"))
        try Data(GoProgram().bytes).write(to: before)
        try Data(program.bytes).write(to: now)
        for format in ["text", "markdown", "json"] {
            let output = try diff(before.path, now.path, ["--format", format]).output
            #expect(output.contains("evil") && !output.contains("\u{1b}") && !output.contains("\u{202e}"), "\(format)")
            #expect(format != "markdown" || !output.contains("<b>"))
        }
    }

    @Test func theJSONReportIsValid() throws {
        let script = """
            import json, sys
            from jsonschema import Draft202012Validator
            schema = json.load(open(sys.argv[1]))
            Draft202012Validator.check_schema(schema)
            Draft202012Validator(schema).validate(json.load(open(sys.argv[2])))
            """
        let image = try HandMadeImage([.init([[.file("app", Checkout.sample("c-dynamic"))]])])
        let program = HandMadeImage.Entry.file("app", Checkout.sample("hazards/https-client"))
        let other = try HandMadeImage([.init([[program, .text("a")]])])
        let folder = try TemporaryFolder()
        let schema = Checkout.root.appending(path: "docs/diff.schema.json").path
        for (before, now) in [
            (image.name, other.name), (Checkout.sample("go-linux-amd64"), Checkout.sample("hazards/https-client")),
        ] {
            let file = try folder.write(diff(before, now, ["--format", "json"]).output, to: "report.json")
            let result = try Client.python(script, [schema, file.path])
            #expect(result.status == 0, "\(result.errors)")
        }
    }
}
