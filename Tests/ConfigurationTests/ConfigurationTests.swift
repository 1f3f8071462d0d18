import Configuration
import Foundation
import GoBinary
import TestSupport
import Testing
import Verification

@Suite struct ConfigurationTests {
    private func read(_ text: String) throws -> Configuration {
        try Configuration(text, file: "scratchcheck.yaml")
    }

    @Test func everyPartIsRead() throws {
        let file = Checkout.root.appending(path: "docs/examples/service.yaml")
        let configuration = try read(String(contentsOf: file, encoding: .utf8))
        let build = try #require(configuration.builds.first)
        #expect(build.name == "webservice")
        #expect(build.packages == ["./cmd/webservice"])
        #expect(build.platforms?.last == .one(try Platform(parsing: "linux/arm/v7")))
        #expect(build.goVersion == GoVersion("1.26"))
        #expect(build.tags == ["timetzdata"])
        #expect(build.ldflags?.hasSuffix("-X main.date={{date}}") == true)
        #expect(build.environment == ["GOPRIVATE": "example.com"])
        #expect(configuration.reproduce == true)
        #expect(configuration.stamps?.isOn == true)
        #expect(configuration.stamps?.key == .variable("STAMP_KEY") && configuration.stamps?.format == .sigstore)
        #expect(configuration.ruleChanges.count == 2)
        #expect(configuration.ruleChanges.contains(.init(rule: "name-resolution", level: nil)))
        let exception = try #require(configuration.exceptions.first)
        #expect(exception.until == "2027-06-30")
        #expect(exception.hasEnded(on: "2027-07-01"))
        #expect(!exception.hasEnded(on: "2027-06-30"))
        #expect(configuration.reports.map(\.format) == [.json])
        #expect(configuration.reports.map(\.file.text) == ["dist/report.json"])
    }

    @Test(arguments: ["", "# nothing\n", "---\n", "version: 1\n", "\u{feff}version: 1\r\n"]) func nothingIsFine(
        text: String
    ) throws {
        let configuration = try read(text)
        #expect(configuration.builds.isEmpty && configuration.output == nil)
    }

    /// Texts that YAML would take for numbers or truths are texts here.
    @Test func wordsAreTakenAsTheyStand() throws {
        let text = "builds:\n  - go-version: 1.20\n    tags: [off, 007]\npolicy:\n  rules: {packed: off}\n"
        let configuration = try read(text)
        #expect(configuration.builds.first?.goVersion?.description == "go1.20")
        #expect(configuration.builds.first?.tags == ["off", "007"])
        #expect(configuration.ruleChanges == [.init(rule: "packed", level: nil)])
    }

    @Test(arguments: [
        ("buidls: []\n", "1:1: unknown key 'buidls'; did you mean 'builds'?"),
        ("builds:\n  - plattforms: all\n", "2:5: unknown key 'plattforms' in 'builds[0]'; did you mean 'platforms'?"),
        ("builds: x\n", "1:9: 'builds' must be a list, but is the text 'x'"),
        ("builds:\n  - packages: {a: b}\n", "2:15: 'builds[0].packages' must be a list, but is a mapping"),
        (
            "builds:\n  - platforms: [linux/amd64,\n      linux/arm/v9]\n",
            "3:7: 'builds[0].platforms[1]': arm has no variant 'v9'"
        ),
        ("stamps: yes\n", "1:9: 'stamps' must be true or false, but is the text 'yes'"),
        ("stamps: {kye: x}\n", "1:10: unknown key 'kye' in 'stamps'; did you mean 'key'?"),
        ("output:\n", "1:8: 'output' must be text, but is empty"),
        ("version: 2\n", "1:10: 'version' must be one of 1, but is '2'"),
        (
            "policy:\n  rules:\n    time-zone: off\n",
            "3:5: 'time-zone': unknown rule 'time-zone'; did you mean 'time-zones'?"
        ),
        (
            "policy:\n  rules:\n    packed: errror\n",
            "3:13: 'policy.rules.packed' must be one of error, warning, note, off"
        ),
        ("policy:\n  exceptions:\n    - rule: packed\n", "3:7: 'policy.exceptions[0]' needs both 'rule' and 'reason'"),
        (
            "policy:\n  exceptions:\n    - {rule: packed, reason: r, until: 2027-13-01}\n",
            "3:40: 'policy.exceptions[0].until' must be a day such as 2027-01-31, but is '2027-13-01'"
        ),
        (
            "policy:\n  exceptions:\n    - {rule: packed, reason: r, packages: []}\n",
            "3:43: 'policy.exceptions[0].packages' must be at least one entry, or no such key for all, but is 'none'"
        ),
        (
            "policy:\n  exceptions:\n    - {rule: packed, reason: '  '}\n",
            "3:30: 'policy.exceptions[0].reason' must be a reason, but is 'blanks'"
        ),
        (
            "policy:\n  exceptions:\n    - {rule: packed, reason: r, paths: [/a, bin/x]}\n",
            "3:45: 'policy.exceptions[0].paths[1]' must be an absolute path such as /usr/bin/tool, but is 'bin/x'"
        ),
        (
            "policy:\n  exceptions:\n    - {rule: packed, reason: r, paths: /a/../b}\n",
            "3:40: 'policy.exceptions[0].paths' must be an absolute path such as /usr/bin/tool, but is '/a/../b'"
        ),
        (
            "reports:\n  - {format: pdf, file: x}\n",
            "2:14: 'reports[0].format' must be one of text, json, sarif, junit, github, gitlab, markdown, tap, html"
        ),
        (
            "builds:\n  - go-version: latest\n",
            "2:17: 'builds[0].go-version' must be a version of Go such as 1.26.4"
        ),
        ("builds:\n  - name: a/b\n", "2:11: 'builds[0].name' must be a file name without folders"),
        ("builds:\n  - packages: []\n", "2:15: 'builds[0].packages': names no package"),
        ("image: {with: [tmp], without: [tmp]}\n", "1:31: 'image.without': 'tmp' is in 'with' too"),
        ("output: a\noutput: b\n", "the key 'output' is there twice"),
        ("builds: [\n", "did not find"), ("a: b: c\n", "mapping values are not allowed in this context"),
        ("output: a\n---\noutput: b\n", "a second YAML document"),
        ("- a\n", "1:1: the file must be a mapping, but is a list"),
    ])
    func whatIsWrongIsNamedWithItsPlace(text: String, message: String) {
        #expect {
            try read(text)
        } throws: { error in
            let description = "\(error)"
            #expect(description.contains(message), "\(description)")
            return error is ConfigurationError && description.hasPrefix("scratchcheck.yaml:")
        }
    }

    /// A tree's configuration sets how its programs are built. It must not make go, the compiler or the linker run a program
    /// of its choice, or write a file of its choice: `go help build`, `go tool link -help`, `go tool compile -help`.
    @Test(arguments: [
        "flags: [-toolexec=./evil]", "flags: ['-toolexec', './evil']", "flags: ['--toolexec=./evil']",
        "flags: [-v, -toolexec=./evil]", "flags: [-tags, x, -toolexec=./evil]", "flags: ['-C', /]",
        "flags: [-o=/bin/x]",
        "flags: [-overlay=x.json]", "flags: [-modfile=/x.mod]", "flags: [-debug-trace=/x]", "flags: [-race]",
        "flags: [-buildmode=pie]", "flags: [-compiler=gccgo]", "flags: ['-gccgoflags=-B.']", "flags: [-pkgdir=x]",
        "flags: ['--', -toolexec=./evil]", "flags: [x, -toolexec=./evil]", "flags: ['-ldflags=-extld=./evil']",
        "flags: [-ldflags, '-s -extld ./evil']", "flags: ['-ldflags=all=-extld=./evil']",
        "flags: ['-gcflags=-cpuprofile=/x']", "flags: ['-gcflags=all=-o /x']", "flags: ['-asmflags=-o=/x']",
        "flags: ['-gcflags=-d=dumpinlfuncprops=/x']", "flags: ['-gcflags=all=-N -d ssa/build/dump=main']",
        "flags: [-gcflags, '-env=GOSSADIR=/x']", "flags: ['-gcflags=-embedcfg=/x']", "flags: ['-asmflags=-d=/x']",
        "flags: ['-gcflags=-d=panic,dumpinlfuncprops=/x']",
        "flags: ['-ldflags=@evil']", "ldflags: '@evil'", "ldflags: 'all=@evil'", "ldflags: [-s, '@evil']",
        "ldflags: '-linkmode=external -extld=./evil'", "ldflags: [-s, -linkmode, external]",
        "ldflags: '-s -w -extldflags=-static'", "ldflags: '--extar=./evil'", "ldflags: ' all= -extld ./evil'",
        "ldflags: \"'-extld=./evil'\"", "ldflags: \"-s\\t-extld=./evil\"", "ldflags: \"-s\\n-extld=./evil\"",
        "ldflags: '-tmpdir=/x'", "ldflags: '-capturehostobjs=/x'", "ldflags: './...=-extld=./evil'",
        "env: {PATH: .}", "env: {GOFLAGS: -toolexec=./evil}", "env: {GOCACHEPROG: ./evil}", "env: {GOAUTH: ./evil}",
        "env: {GOROOT: .}", "env: {GOENV: ./evil}", "env: {GOTOOLCHAIN: path}", "env: {LD_PRELOAD: ./evil}",
        "env: {GIT_SSH_COMMAND: ./evil}", "env: {CC: ./evil}", "env: {CGO_ENABLED: 1}", "env: {GOTMPDIR: /x}",
        "env: {GOCACHE: /x}", "env: {GOMODCACHE: /x}", "env: {GOPROXY: file:///x}", "env: {GOPROXY: 'FILE:///x'}",
        "env: {GOSUMDB: 'x+1+y https://evil.example.com'}", "env: {GOWORK: /x/go.work}", "env: {GOINSECURE: '*'}",
        "env: {GOVCS: '*:all'}", "env: {GOPROXY: direct, PATH: .}",
    ]) func whatCouldRunAProgramIsRefused(line: String) {
        #expect {
            try read("builds:\n  - packages: [.]\n    \(line)\n")
        } throws: { error in
            guard let error = error as? ConfigurationError, error.line ?? 0 >= 3, error.column != nil,
                "\(error)".contains("builds[0].")
            else { return false }
            switch error.fault {
            case .unsafe: return true
            default: return false
            }
        }
    }

    /// The name of a cache, and never a shell, an interpreter, a path or arguments.
    @Test(arguments: [
        "sh", "make", "python3", "./gocache", "/usr/bin/gocache", "../gocache", "gocache -x", "gocache;id", "-cache",
        "''", "[a]",
        "env gocache", "gocache/..", "$GOCACHE", "gocache\u{e9}",
    ])
    func aCacheProgramIsANameOfACache(text: String) throws {
        #expect(throws: ConfigurationError.self) { try read("cache: \(text)\n") }
    }

    @Test(arguments: ["go-cacher", "gobuildcache", "GoCache_1.2+x", "off"])
    func aCacheProgramIsOneWord(name: String) throws {
        #expect(try read("cache: \(name)\n").cache == name)
    }

    @Test(arguments: [
        "flags: [-trimpath, -v, -p, '4', '-gcflags=all=-N -l', -modcacherw, '-tags=a,b']", "flags: [-mod, vendor]",
        "ldflags: '-s -w -X main.version={{version}}'", "ldflags: [-s, -w]", "ldflags: \"-X 'main.name=a b'\"",
        "ldflags: '-X main.mail=me@example.com'", "ldflags: '-d -s'", "flags: ['-gcflags=all=-d=checkptr=0,panic']",
        "ldflags: 'all=-s'",
        "flags: ['-ldflags=-s -X main.v=1']",
        "env: {GOEXPERIMENT: none, GOPRIVATE: example.com, GONOPROXY: x, GONOSUMDB: x, GOFIPS140: latest, GODEBUG: a=1}",
        "env: {GOPROXY: 'https://proxy.example.com,direct', GOSUMDB: 'off', GOWORK: 'off', GO111MODULE: 'on'}",
    ]) func whatOnlyChangesTheBuildIsAllowed(line: String) throws {
        #expect(try read("builds:\n  - packages: [.]\n    \(line)\n").builds.count == 1)
    }

    @Test(arguments: [
        ("output: /tmp/x", "1:9: 'output': '/tmp/x' is absolute"),
        ("output: ../x", "1:9: 'output': '../x' contains '..'"),
        ("output: a/../../x", "1:9: 'output': 'a/../../x' contains '..'"),
        ("output: a/..", "1:9: 'output': 'a/..' contains '..'"),
        ("reports: [{format: json, file: /tmp/r}]", "1:32: 'reports[0].file': '/tmp/r' is absolute"),
        ("reports: [{format: json, file: ../r}]", "1:32: 'reports[0].file': '../r' contains '..'"),
    ]) func whatIsWrittenLiesBelowTheFile(text: String, message: String) {
        #expect {
            try read(text)
        } throws: {
            "\($0)".hasPrefix("scratchcheck.yaml:\(message); write a path below the folder of this file")
        }
    }

    /// An alias inside of an alias, over and over, asks for no more work than its text is long.
    @Test func aliasesCannotExplode() {
        let lines = (1...40).map { level in
            "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]"
        }
        #expect(throws: ConfigurationError.self) { try read("a0: &a0 x\n" + lines.joined(separator: "\n")) }
    }

    /// Whatever the bytes, reading ends with a configuration or an error.
    @Test func damagedFilesAreErrors() throws {
        let file = Checkout.root.appending(path: "docs/examples/service.yaml")
        let original = Array(try String(contentsOf: file, encoding: .utf8).unicodeScalars)
        let marks = Array("[]{}:,-?&*!|>'\"%@`#\n\t \u{0}\u{feff}\u{2028}".unicodeScalars)
        var state: UInt64 = 7
        for _ in 0..<500 {
            var text = original
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text[Int(state >> 33) % text.count] = marks[Int(state >> 17) % marks.count]
            }
            _ = try? read(String(String.UnicodeScalarView(text)))
        }
        for open in ["[", "{a: ", "- ", "? "] {
            #expect(throws: ConfigurationError.self) { try read(String(repeating: open, count: 50_000)) }
        }
    }

    @Test(arguments: [true, false]) func whatInitWritesIsReadBack(hasVersion: Bool) throws {
        let programs = ["./cmd/app", "./cmd/o'dd: name", "."].map {
            ConfigurationTemplate.Program(pattern: $0, hasVersion: hasVersion)
        }
        let configuration = try read(ConfigurationTemplate.text(programs))
        #expect(Set(configuration.builds.flatMap(\.packages)) == ["./cmd/app", "./cmd/o'dd: name", "."])
        #expect(configuration.builds[0].ldflags?.contains("{{version}}") == hasVersion)
    }
}
