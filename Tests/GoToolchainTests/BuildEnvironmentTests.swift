import Testing

@testable import GoToolchain

@Suite struct BuildEnvironmentTests {
    @Test func pinsWhatWouldChangeTheResult() throws {
        let environment = try BuildEnvironment(
            inherited: [
                "CGO_ENABLED": "1", "GOFLAGS": "-buildmode=pie -mod=vendor --race", "GOARM": "5", "GOOS": "plan9",
                "HOME": "/h",
            ], settings: [:])
        #expect(environment.variables["CGO_ENABLED"] == "0")
        #expect(environment.variables["GOFLAGS"] == "-mod=vendor")
        #expect(environment.variables["GOARM"] == nil)
        #expect(environment.variables["GOOS"] == nil)
        #expect(environment.variables["HOME"] == "/h")
        for word in ["CGO_ENABLED=1", "-buildmode=pie", "--race", "GOARM=5", "GOOS=plan9", "-mod=vendor"] {
            #expect(environment.notices.contains { $0.contains(word) }, "\(word) is not named")
        }
    }

    @Test func storedSettingsCannotComeInBehindThePinnedOnes() throws {
        let stored = BuildEnvironment.settings(fromFile: "GOFLAGS=-buildmode=pie\nGOPROXY=off\nGOARM=6\n")
        let environment = try BuildEnvironment(inherited: ["GOPROXY": "direct"], settings: stored)
        #expect(environment.variables["GOENV"] == "off")
        #expect(environment.variables["GOFLAGS"] == "")
        #expect(environment.variables["GOPROXY"] == "direct")
        #expect(environment.variables["GOARM"] == nil)
    }

    @Test func aPlainEnvironmentNeedsNoNotice() throws {
        #expect(try BuildEnvironment(inherited: ["PATH": "/bin"], settings: [:]).notices.isEmpty)
    }

    /// cmd/go/internal/cfg, Getenv: an empty variable is looked up in the file.
    @Test func anEmptyVariableLeavesTheStoredOneInForce() throws {
        let environment = try BuildEnvironment(inherited: ["GOPROXY": "", "GOFLAGS": ""], settings: ["GOPROXY": "off"])
        #expect(environment.variables["GOPROXY"] == "off")
    }

    /// Its arguments may hold passwords, so only the name of the file is shown.
    @Test(arguments: ["/opt/bin/cacher --token=secret", "cacher", "'/opt/my bin/cacher' -v"])
    func aCacheProgramOfTheEnvironmentDoesNotCount(value: String) throws {
        let environment = try BuildEnvironment(inherited: ["GOCACHEPROG": value], settings: [:])
        #expect(environment.variables["GOCACHEPROG"] == nil)
        #expect(
            environment.notices == [
                "GOCACHEPROG=cacher from the environment is ignored: --cache names the cache program"
            ])
        let stored = try BuildEnvironment(inherited: [:], settings: ["GOCACHEPROG": value])
        #expect(stored == environment)
        #expect(try BuildEnvironment(inherited: ["GOCACHEPROG": ""], settings: [:]).notices.isEmpty)
    }
}

@Suite struct GoFlagsTests {
    /// strings.Fields of Go: "as defined by unicode.IsSpace"; quoted.Split of Go 1.27 splits at four ASCII characters only.
    @Test(arguments: [
        ("", []), ("   ", []), ("-v", ["-v"]), (" -v\t-x\n-tags=a \r\n", ["-v", "-x", "-tags=a"]),
        ("-tags=a'b -x", ["-tags=a'b", "-x"]), ("-tags=\u{301} \u{301}", ["-tags=\u{301}", "\u{301}"]),
    ])
    func flagsAreSplitAsGoSplitsThem(text: String, flags: [String]) throws {
        #expect(try GoFlags(text).kept == flags)
    }

    @Test(arguments: [
        "-v\t-toolexec=/evil", "-v\n-toolexec=/evil", "-v\r\n-buildmode=pie", "\t--toolexec=/evil", "-v \u{301}\n-race",
        "-covermode=atomic", "-coverpkg=./...", "-debug-trace=/tmp/x", "-n", "-C=/", "-o=/x",
        "-json",
    ])
    func refusedFlagsAreFoundBehindEveryKindOfSpace(text: String) throws {
        let flags = try GoFlags(text)
        #expect(flags.refused.count == 1)
        #expect(flags.kept.allSatisfy { $0 == "-v" || $0 == "\u{301}" })
    }

    @Test(arguments: ["-trimpath=false", "--trimpath", "-trimpath=true"])
    func anOptionDecidesAboutPaths(flag: String) throws {
        let environment = try BuildEnvironment(inherited: [:], settings: ["GOFLAGS": "-v \(flag)"])
        #expect(environment.variables["GOFLAGS"] == "-v")
        #expect(environment.notices.contains("\(flag) in GOFLAGS is ignored: --no-trimpath decides"))
    }

    /// Go 1.19 reads quotes as part of a flag, Go 1.27 takes them off; Go 1.19 splits at every white space of Unicode.
    @Test(arguments: [
        "'-toolexec=/evil x'", "\"-toolexec=/evil\"", "-v '-ldflags=-s -w'", "-v 'x", "\"", "-v\u{a0}-toolexec=/evil",
        "-v\u{b}-race", "-v\u{c}-race", "-v\u{85}-race", "-v\u{2003}-race", "-v\u{3000}-race", "''",
    ])
    func whatVersionsOfGoReadDifferentlyIsRefused(text: String) {
        #expect(throws: BuildError.ambiguousGoFlags(text)) { try GoFlags(text) }
        #expect(throws: BuildError.ambiguousGoFlags(text)) {
            try BuildEnvironment(inherited: [:], settings: ["GOFLAGS": text])
        }
        #expect("\(BuildError.ambiguousGoFlags(text))".hasPrefix("GOFLAGS is refused: "))
    }
}
