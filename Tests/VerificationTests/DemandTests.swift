import TestSupport
import Testing

@testable import Verification

/// Demands on programs whose build info and line table are written here, as `cmd/go` and `cmd/link` write them.
struct DemandTests {
    private static let settings = [
        "build\t-compiler=gc", "build\tGOOS=linux", "build\tGOARCH=amd64", "build\tCGO_ENABLED=0",
        "build\t-tags=netgo,osusergo", "build\tvcs.modified=false",
    ]

    /// A program with two modules, of which one is replaced by a fork and one by a folder.
    private static func program(_ change: (inout GoProgram) -> Void = { _ in }) -> Subject {
        var program = GoProgram()
        program.version = "go1.27.1"
        program.functions += [
            "example.com/lib.Do", "example.com/old/sub.(*T).Run", "net/http/pprof.Index", "net.socket",
            "github.com/a/yaml%2ev3.Parse",
        ]
        program.info =
            [
                "path\texample.com/m", "mod\texample.com/m\tv1.4.0\t", "dep\texample.com/lib\tv0.38.0\th1:x=",
                "dep\texample.com/old\tv1.0.0\t", "=>\texample.com/fork\tv0.1.0\th1:x=",
                "dep\texample.com/local\tv1.0.0\t", "=>\t./local\t(devel)\t",
                "dep\texample.com/same\tv1.0.0\t", "=>\texample.com/same\tv1.1.0\th1:x=",
                "dep\tgithub.com/a/yaml.v3\tv3.0.1\th1:x=",
            ] + settings
        change(&program)
        return Subject(program.bytes, expected: nil)
    }

    private static func findings(_ demands: Demands, of subject: Subject) -> [Finding] {
        let rules = Set(Rule.ofDemands.map(\.identifier))
        return Policy.standard.demanding(demands).judge(subject).findings.filter { rules.contains($0.rule) }
    }

    /// Whether a fact holds: nil for one that cannot be checked.
    private static func holds(_ fact: String, _ subject: Subject = program()) throws -> Bool? {
        let findings = try findings(Demands(facts: [FactDemand(parsing: fact)]), of: subject)
        #expect(findings.allSatisfy { $0.rule == "required-fact" && $0.level == .error && !$0.evidence.isEmpty })
        guard let finding = findings.first else { return true }
        return finding.message.description.contains("cannot be checked") ? nil : false
    }

    @Test(
        "Settings are compared, and what the go command leaves out has its default",
        arguments: [
            ("CGO_ENABLED=0", true), ("CGO_ENABLED=1", false), ("vcs.modified=false", true),
            ("vcs.revision=abc", false),
            ("-tags=netgo", true), ("-tags=osusergo,netgo", true), ("-tags=timetzdata", false), ("-tags=net", false),
            ("-tags=", false), ("-trimpath=true", false), ("-trimpath=false", true), ("-race=false", true),
            ("GOFIPS140=off", true), ("GOFIPS140=v1.0.0", false), ("-gcflags=", true), ("GOARM=7", false),
            ("GOOS = linux", true),
        ])
    func settings(fact: String, expected: Bool) throws { #expect(try Self.holds(fact) == expected) }

    @Test(
        "Versions of Go are compared as releases are ordered",
        arguments: [
            ("go=1.27.1", "go1.27.1", true), ("go=go1.27.1", "go1.27.1", true), ("go=1.27", "go1.27.1", true),
            ("go=1.27.0", "go1.27.1", false), ("go>=1.26", "go1.27.1", true), ("go>=1.27.2", "go1.27.1", false),
            ("go>=1.27", "go1.27rc1", false), ("go>=1.9", "go1.10", true),
            ("go>=1.26", "go1.26.4 X:boringcrypto", true),
        ])
    func goVersions(fact: String, version: String, expected: Bool) throws {
        #expect(try Self.holds(fact, Self.program { $0.version = version }) == expected)
    }

    @Test("A development version of Go has no place in the order")
    func unknownGo() throws {
        #expect(try Self.holds("go>=1.26", Self.program { $0.version = "devel go1.28-0123456" }) == nil)
    }

    @Test(
        "Modules are compared after replace; a fork and a folder have versions of their own",
        arguments: [
            ("example.com/lib>=v0.38.0", true), ("example.com/lib>=v0.38.1", false), ("example.com/lib=v0.38.0", true),
            ("example.com/lib>=v0.38.0-rc.1", true), ("example.com/m>=v1.4.0", true), ("example.com/m>=v2.0.0", false),
            ("example.com/absent>=v9.0.0", true), ("example.com/same>=v1.1.0", true),
            ("example.com/same>=v1.2.0", false),
            ("example.com/fork>=v0.2.0", false), ("example.com/old>=v0.0.1", nil), ("example.com/local>=v0.0.1", nil),
        ] as [(String, Bool?)])
    func modules(fact: String, expected: Bool?) throws { #expect(try Self.holds(fact) == expected) }

    @Test(
        "FIPS 140-3 mode is what DefaultGODEBUG says, since Go 1.24",
        arguments: [
            ("fips140=on", "fips140=on", "go1.27.1", true), ("fips140=on", "a=1,fips140=only,z=0", "go1.27.1", true),
            ("fips140=only", "fips140=on", "go1.27.1", false), ("fips140=on", "fips140=off", "go1.27.1", false),
            ("fips140=on", "xfips140=on", "go1.27.1", false), ("fips140=off", "a=1", "go1.27.1", true),
            ("fips140=on", "fips140=on", "go1.23.1", false), ("fips140=on", "fips140=on", "go1.24rc1", true),
        ])
    func fipsMode(fact: String, defaults: String, version: String, expected: Bool) throws {
        let subject = Self.program {
            $0.version = version
            $0.info.append("build\tDefaultGODEBUG=\(defaults)")
        }
        #expect(try Self.holds(fact, subject) == expected)
    }

    @Test(
        "The cryptography that is linked must be the one that GOFIPS140 names",
        arguments: [
            ("crypto/internal/fips140/v1.0.0-c2097c7c/sha256.New", true), ("crypto/internal/fips140.fatal", true),
            ("crypto/internal/fips140/sha256.New", false), ("crypto/internal/fips140/v1.26.0/sha256.New", false),
        ])
    func cryptography(function: String, expected: Bool) throws {
        let subject = Self.program {
            $0.info.append("build\tGOFIPS140=v1.0.0-c2097c7c")
            $0.functions.append(function)
        }
        #expect(try Self.holds("GOFIPS140=v1.0.0", subject) == expected)
        #expect(try Self.holds("GOFIPS140=v1.0.0-c2097c7c", subject) == expected)
        #expect(try Self.holds("GOFIPS140=v1.0", subject) == false)
    }

    @Test("What a file does not tell is a finding: no build info, no settings, or a setting that -trimpath removes")
    func untold() throws {
        for fact in ["CGO_ENABLED=0", "go>=1.20", "fips140=off", "example.com/absent>=v1.0.0"] {
            #expect(try Self.holds(fact, Subject(ELFBuilder().bytes, expected: nil)) == nil)
        }
        let bare = Self.program { $0.info = ["path\texample.com/m", "mod\texample.com/m\tv1.4.0\t"] }
        for fact in ["-race=false", "GOFIPS140=off", "fips140=off", "-tags="] {
            #expect(try Self.holds(fact, bare) == nil)
        }
        let trimmed = Self.program { $0.info.append("build\t-trimpath=true") }
        for fact in ["-ldflags=", "CGO_CFLAGS=-O2"] { #expect(try Self.holds(fact, trimmed) == nil) }
    }

    @Test("A module that may be there unseen does not satisfy its minimum")
    func unseenModule() throws {
        let foreign = Self.program { $0.functions.append("example.org/unlisted.F") }
        #expect(try Self.holds("example.com/absent>=v1.0.0", foreign) == nil)
        #expect(try Self.holds("example.com/lib>=v0.38.0", foreign) == true)
        let gopath = Self.program {
            $0.info = ["path\texample.com/m"] + Self.settings
            $0.functions.append("example.org/unlisted.F")
        }
        #expect(try Self.holds("example.com/absent>=v1.0.0", gopath) == nil)
    }

    private static func denied(
        modules: [String] = [], packages: [String] = [], _ subject: Subject = program()
    ) throws -> [String] {
        try findings(
            Demands(
                deniedModules: modules.map { try ImportPattern(parsing: $0) },
                deniedPackages: packages.map { try ImportPattern(parsing: $0) }), of: subject
        ).map { "\($0.message.description.contains("cannot") ? "unknown" : "denied") \($0.evidence)" }
    }

    @Test("Denied packages and modules are found by path and by pattern, with functions and versions as evidence")
    func denials() throws {
        #expect(try Self.denied(packages: ["net/http/pprof"]) == ["denied line table: net/http/pprof.Index"])
        #expect(try Self.denied(packages: ["net/http/..."]) == ["denied line table: net/http/pprof.Index"])
        #expect(try Self.denied(packages: ["net/http"]).isEmpty)
        #expect(try Self.denied(packages: ["example.com/m"]) == ["denied line table: main.main"])
        #expect(
            try Self.denied(packages: ["github.com/a/yaml.v3"]) == ["denied line table: github.com/a/yaml%2ev3.Parse"])
        #expect(try Self.denied(modules: ["example.com/lib"]) == ["denied build info: example.com/lib v0.38.0"])
        #expect(
            try Self.denied(modules: ["example.com/fork"]) == [
                "denied build info: example.com/old v1.0.0 => example.com/fork v0.1.0"
            ])
        #expect(try Self.denied(modules: ["example.com/old"]).count == 1)
        #expect(try Self.denied(modules: ["example.com/absent", "example.org/..."]).isEmpty)
        let unlisted = Self.program { $0.functions.append("example.org/unlisted/sub.F") }
        #expect(
            try Self.denied(modules: ["example.org/unlisted"], unlisted) == [
                "denied line table: example.org/unlisted/sub.F"
            ])
    }

    @Test(
        "Patterns match as those of the go command",
        arguments: [
            ("net/...", "net", true), ("net/...", "net/http", true), ("net/...", "network", false),
            ("net...", "network", true), ("a/.../b", "a/x/y/b", true), ("a/.../b", "a/b", false), ("...", "x", true),
            (".../internal/...", "a/internal/b", true), (".../internal/...", "a/internals", false),
            ("a...a", "a", false),
        ])
    func patterns(pattern: String, path: String, expected: Bool) throws {
        #expect(try ImportPattern(parsing: pattern).matches(path) == expected)
    }

    private static func capabilities(_ allowed: String, _ subject: Subject) throws -> [String] {
        try findings(Demands(allowed: Capability.list(parsing: allowed)), of: subject).map {
            ($0.message.description.contains("cannot") ? "unknown: " : "") + $0.evidence
        }
    }

    @Test("A capability that is not allowed is a finding that names its functions")
    func capabilityCeiling() throws {
        let subject = Self.program { $0.functions += ["os.StartProcess", "syscall.forkExec"] }
        #expect(try Self.capabilities("network,exec", subject).isEmpty)
        #expect(try Self.capabilities("network", subject) == ["exec: os.StartProcess, syscall.forkExec"])
        #expect(try Self.capabilities("none", subject).first?.hasPrefix("network: net.socket; exec: ") == true)
        #expect(try Self.capabilities("none", Self.program { $0.functions.removeAll { $0 == "net.socket" } }).isEmpty)
    }

    @Test(
        "Garbled or missing names never pass",
        arguments: [["kJ2x9Qb.f"], ["kJ2x9Qb/qq.f", "Zz.g"], ["a.b.c.example/x.f"]])
    func garbled(names: [String]) throws {
        let subject = Self.program { $0.functions = ["runtime.main", "main.main"] + names }
        #expect(
            try Self.capabilities("none", subject).first?.hasPrefix("unknown: the line table names package") == true)
        #expect(try Self.denied(packages: ["net/http/pprof"], subject).first?.hasPrefix("unknown") == true)
        #expect(try Self.denied(modules: ["example.com/absent"], subject).first?.hasPrefix("unknown") == true)
        let nameless = Self.program { $0.functions = ["f", "g"] }
        #expect(try Self.capabilities("network", nameless).count == 1)
        #expect(try Self.denied(packages: ["x"], Subject(ELFBuilder().bytes, expected: nil)).count == 1)
    }

    @Test("Parts of C functions are no packages")
    func partsOfC() throws {
        let subject = Self.program { $0.functions += ["x_cgo_munmap.cold", "_ZN1aE.part.0", "f.isra.0.cold"] }
        #expect(try Self.capabilities("network", subject).isEmpty)
    }

    @Test("Stamps without demands have the policy that they had; a changed level is part of it")
    func digest() throws {
        let facts = try Demands(facts: [FactDemand(parsing: "go=1.27")], allowed: [])
        #expect(Policy.standard.demanding(facts).canonicalText == Policy.standard.canonicalText)
        for rule in Rule.ofDemands { #expect(!Policy.standard.canonicalText.contains("\(rule.identifier) ")) }
        let lower = try Policy(changes: [.init(rule: "capability", level: .note)])
        #expect(lower.canonicalText.contains("capability note\n"))
    }

    @Test("Demands of the command line are added to those of the configuration, and its ceiling counts")
    func adding() throws {
        let file = try Demands(facts: [FactDemand(parsing: "go>=1.26")], allowed: [.network, .exec])
        let line = try Demands(facts: [FactDemand(parsing: "fips140=on")], allowed: [])
        #expect(file.adding(line).texts == ["go>=1.26", "fips140=on", "allow-capabilities none"])
        #expect(file.adding(.none).texts == ["go>=1.26", "allow-capabilities network,exec"])
    }

    @Test("A rule that is off, or an exception, lets a demand pass; the result stays known")
    func accepted() throws {
        let policy = try Policy(
            changes: [.init(rule: "capability", level: nil)],
            exceptions: [.init(rule: "required-fact", reason: "old", packages: ["example.com/m"])]
        ).demanding(Demands(facts: [FactDemand(parsing: "go=1.2")], allowed: []))
        let judgement = policy.judge(Self.program())
        #expect(judgement.demands?.notHeld == ["go=1.2", "allow-capabilities none"])
        #expect(judgement.findings.filter { $0.rule == "required-fact" }.map(\.exception) == ["old"])
        #expect(policy.errors(in: Self.program()).allSatisfy { $0.rule != "capability" && $0.rule != "required-fact" })
    }
}
