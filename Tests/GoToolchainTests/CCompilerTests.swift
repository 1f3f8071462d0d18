import GoBinary
import Processes
import SystemPackage
import Testing

@testable import GoToolchain

@Suite struct StaticLinkingTests {
    /// `go help build`: a list of flags is split at white space, and quotes hold a word together. Of two equal flags the last wins.
    @Test(arguments: [
        (nil, ["-linkmode=external", "-extldflags=-static"]), ("  ", ["-linkmode=external", "-extldflags=-static"]),
        ("-s -w", ["-s", "-w", "-linkmode=external", "-extldflags=-static"]),
        ("-X 'main.a=b c' -s", ["-X", "main.a=b c", "-s", "-linkmode=external", "-extldflags=-static"]),
        ("-X \"main.a=it's\"", ["-X", "main.a=it's", "-linkmode=external", "-extldflags=-static"]),
        ("-linkmode external -s", ["-s", "-linkmode=external", "-extldflags=-static"]),
        ("-extldflags=-lm -w", ["-w", "-linkmode=external", "-extldflags=-static -lm"]),
        ("-extldflags '-static -lm'", ["-linkmode=external", "-extldflags=-static -static -lm"]),
        ("--extldflags=-La -extldflags=-Lb", ["-linkmode=external", "-extldflags=-static -Lb"]),
        ("-extldflags", ["-linkmode=external", "-extldflags=-static"]),
    ])
    func theFlagsOfTheUserStay(flags: String?, words: [String]) throws {
        #expect(GoFlags.quotedFields(try StaticLinking.adding(to: flags)) == words)
    }

    @Test(arguments: ["-linkmode=internal", "-s -linkmode auto", "--linkmode=internal"])
    func anotherWayToLinkIsRefused(flags: String) {
        #expect(throws: CgoError.self) { try StaticLinking.adding(to: flags) }
    }

    @Test func aQuoteWithoutEndIsRefused() {
        #expect(throws: CgoError.openQuote("-X 'a")) { try StaticLinking.adding(to: "-X 'a") }
    }

    @Test(arguments: [(["-v", "-ldflags=-s"], "-ldflags=-s"), (["--ldflags", "-s"], "--ldflags")])
    func flagsOfTheLinkerAmongThoseForGoAreRefused(flags: [String], named: String) {
        #expect(throws: CgoError.linkerFlagsForGo(named)) { try StaticLinking.check(flags) }
    }

    @Test func otherFlagsForGoAreFine() throws {
        try StaticLinking.check(["-v", "-tags=ldflags", "-gcflags=-ldflags"])
    }

    @Test func thoseInGoFlagsAreNotLost() {
        #expect(StaticLinking.flags(inGoFlags: ["-v", "-ldflags=-s", "-ldflags=-w"]) == "-w")
        #expect(StaticLinking.flags(inGoFlags: ["-v"]) == nil)
    }

    /// The linker is external in every build with C. It makes a dynamic program only without -static.
    @Test func staticLinkingIsNoCauseOfDynamicLinking() throws {
        let flags = try StaticLinking.adding(to: "-s")
        #expect(DynamicCause.inFlags(["-ldflags=\(flags)"], isFromEnvironment: false).isEmpty)
        #expect(DynamicCause.inFlags(["-ldflags=-linkmode=external"], isFromEnvironment: false).count == 1)
    }
}

@Suite struct CCompilerTests {
    private static let linux = ["amd64", "386", "arm64", "arm", "riscv64", "s390x", "ppc64le", "loong64", "ppc64"].map {
        Platform(goos: "linux", goarch: $0)
    }

    private func zig(_ path: FilePath = "/opt/zig/zig") -> CCompiler {
        CCompiler(kind: .zig(executable: path, version: "0.15.2"), platforms: Set(CCompilerTests.linux))
    }

    /// `zig targets`, and the ABIs of Debian's and Alpine's ports: https://wiki.debian.org/Multiarch/Tuples.
    @Test(arguments: [
        ("linux/amd64", "x86_64-linux-musl"), ("linux/amd64/v3", "x86_64-linux-musl"), ("linux/386", "x86-linux-musl"),
        ("linux/arm64", "aarch64-linux-musl"), ("linux/arm/v7", "arm-linux-musleabihf"),
        ("linux/riscv64", "riscv64-linux-musl"), ("linux/s390x", "s390x-linux-musl"),
        ("linux/ppc64le", "powerpc64le-linux-musl"),
    ])
    func zigIsToldThePlatform(platform: String, triple: String) throws {
        let variables = zig().variables(for: try Platform(parsing: platform))
        #expect(
            variables == [
                "CC": "/opt/zig/zig cc -target \(triple) -DSCRATCHCHECK_ZIG=0.15.2",
                "CXX": "/opt/zig/zig c++ -target \(triple) -DSCRATCHCHECK_ZIG=0.15.2",
            ])
    }

    /// A newer zig gives other objects, and go knows the compiler by its command alone.
    @Test func eachVersionHasItsOwnCommand() {
        let other = CCompiler(kind: .zig(executable: "/opt/zig/zig", version: "0.16.0"), platforms: [])
        let platform = CCompilerTests.linux[0]
        #expect(other.variables(for: platform)["CC"] != zig().variables(for: platform)["CC"])
    }

    @Test(arguments: [
        ("/o p/zig", ["/o p/zig", "cc"]), ("/o'p/zig", ["/o'p/zig", "cc"]), ("/o\"p/zig", ["/o\"p/zig", "cc"]),
    ])
    func aPathWithBlanksIsOneWord(path: String, words: [String]) throws {
        let command = try #require(zig(FilePath(path)).variables(for: CCompilerTests.linux[0])["CC"])
        #expect(try #require(GoFlags.quotedFields(command)).prefix(2) == words[...])
    }

    @Test func platformsThatAreNotSharedAreRefused() throws {
        func refusal(_ platform: String) throws -> CgoError? { zig().refusal(of: try Platform(parsing: platform)) }
        #expect(try refusal("linux/amd64/v3") == nil)
        #expect(try refusal("linux/arm/v7") == nil)
        for platform in ["linux/arm", "linux/arm/v6", "linux/386/softfloat", "linux/loong64"] {
            let refused = try Platform(parsing: platform)
            #expect(try refusal(platform) == .noTarget(refused, zig: "0.15.2"))
        }
        #expect(try refusal("linux/386/sse2") == nil)
        #expect(try refusal("windows/amd64") == .notLinux(Platform(goos: "windows", goarch: "amd64")))
        #expect(
            try refusal("linux/ppc64") == .noTarget(Platform(goos: "linux", goarch: "ppc64"), zig: "0.15.2"))
        let older = CCompiler(kind: .zig(executable: "/z", version: "0.15.2"), platforms: [])
        let platform = CCompilerTests.linux[0]
        #expect(older.refusal(of: platform) == .withoutCgo(platform))
    }

    @Test func aNativeCompilerIsForOnePlatform() throws {
        let (own, other) = (CCompilerTests.linux[0], CCompilerTests.linux[2])
        let native = CCompiler(
            kind: .native(command: "'/o p/musl-gcc' -O3", platform: own), platforms: Set(CCompilerTests.linux))
        #expect(native.description == "musl-gcc")
        #expect(native.refusal(of: try Platform(parsing: "linux/amd64/v2")) == nil)
        #expect(native.refusal(of: other) == .notNative(other, machine: own))
        #expect(native.variables(for: own).isEmpty)
    }

    /// zig(1) and the XDG Base Directory Specification.
    @Test(arguments: [
        (["HOME": "/h"], "/h/.cache/zig", "/h/.cache/zig"),
        (["HOME": "/h", "XDG_CACHE_HOME": "/c"], "/c/zig", "/c/zig"),
        (["HOME": "/h", "ZIG_GLOBAL_CACHE_DIR": "/g"], "/g", "/g"),
        (["HOME": "/h", "ZIG_LOCAL_CACHE_DIR": "/l"], "/h/.cache/zig", "/l"),
        (["GOCACHE": "/go", "XDG_CACHE_HOME": "relative"], "/go/zig", "/go/zig"),
    ])
    func theCacheOfZigIsOutsideOfTheSources(variables: [String: String], global: String, local: String) {
        #expect(
            ZigCache(of: variables).variables
                == ["ZIG_GLOBAL_CACHE_DIR": global, "ZIG_LOCAL_CACHE_DIR": local])
    }

    @Test func theSecondBuildHasACacheOfItsOwn() throws {
        let environment = try BuildEnvironment(
            inherited: ["ZIG_GLOBAL_CACHE_DIR": "/g", "ZIG_LOCAL_CACHE_DIR": "/l"], settings: [:])
        let toolchain = Toolchain(executable: "/go", version: "go1.27.0", environment: environment, compiler: zig())
        let package = GoPackage(importPath: "m", name: "main", directory: "/src", files: ["a.go"], cgoFiles: ["b.go"])
        let step = BuildStep(
            platform: CCompilerTests.linux[0], directory: "/", programs: [Program(package: package, name: "m")],
            flags: BuildFlags(tags: nil, ldflags: nil, trimpath: true, mod: nil, buildvcs: nil, passedOn: []),
            toolchain: toolchain, wantedGo: nil)
        let budget = BuildBudget(steps: 1, cores: 1, memory: 1 << 30, jobs: nil)
        #expect(package.allFiles == ["a.go", "b.go"])
        #expect(step.command(below: "/dist", budget: budget).environment["ZIG_GLOBAL_CACHE_DIR"] == "/g")
    }

    /// The variables that a build without cgo does not read change one with it.
    @Test func whatChangesTheCCodeIsNamed() throws {
        let environment = try BuildEnvironment(
            inherited: ["CGO_ENABLED": "1", "CC": "gcc", "CGO_CFLAGS": "-O0", "PKG_CONFIG": ""], settings: [:])
        let notices = environment.withNoticesOfC(isChoosing: true).notices
        #expect(
            notices == [
                "CC=gcc from the environment is ignored: --cgo zig decides",
                "CGO_CFLAGS=-O0 from the environment is in force",
            ])
        #expect(
            environment.withNoticesOfC(isChoosing: false).notices
                == ["CGO_CFLAGS=-O0 from the environment is in force"])
    }
}
