import GoBinary
import Processes
import SystemPackage
import Testing

@testable import GoToolchain

/// A build is a value before it is a process: its arguments, folder and whole environment.
@Suite struct GoCommandTests {
    private func toolchain(
        _ version: String = "go1.27.3", inherited: [String: String] = ["PATH": "/bin"], settings: [String: String] = [:]
    ) throws -> Toolchain {
        Toolchain(
            executable: "/go/bin/go", version: version,
            environment: try BuildEnvironment(inherited: inherited, settings: settings))
    }

    private func flags(passedOn: [String] = []) -> BuildFlags {
        BuildFlags(tags: nil, ldflags: nil, trimpath: true, mod: nil, buildvcs: nil, passedOn: passedOn)
    }

    private func step(
        _ platform: String, _ paths: [String] = ["x.org/app"], flags: BuildFlags? = nil, toolchain: Toolchain? = nil
    ) throws -> BuildStep {
        let programs = paths.map { path in
            let package = GoPackage(importPath: path, name: "main", directory: "/src")
            return Program(package: package, name: package.programName)
        }
        return BuildStep(
            platform: try Platform(parsing: platform), directory: "/src", programs: programs,
            flags: flags ?? self.flags(), toolchain: try toolchain ?? self.toolchain(), wantedGo: nil)
    }

    private let budget = BuildBudget(steps: 1, cores: 2, memory: 2 << 30)

    @Test func aBuildHasAPinnedEnvironment() throws {
        let command = try step("linux/arm64").command(below: "/out", budget: budget)
        #expect(command.executable == "/go/bin/go")
        #expect(command.workingDirectory == "/src")
        #expect(command.arguments == ["build", "-o", "/out/linux/arm64/app", "-trimpath", "--", "x.org/app"])
        #expect(
            command.environment == [
                "PATH": "/bin", "PWD": "/src", "CGO_ENABLED": "0", "GOENV": "off", "GOFLAGS": "", "GOOS": "linux",
                "GOARCH": "arm64", "GOMAXPROCS": "2", "GOGC": "off", "GOMEMLIMIT": "1024MiB",
            ])
    }

    /// `go help environment` lists the variable of each architecture.
    @Test(arguments: [
        ("linux/amd64/v3", "GOAMD64", "v3"), ("linux/arm/v7", "GOARM", "7"), ("linux/arm/v5", "GOARM", "5"),
        ("linux/arm64/v8", "GOARM64", "v8.0"), ("linux/arm64/v9.2", "GOARM64", "v9.2"),
        ("linux/386/softfloat", "GO386", "softfloat"), ("linux/mips/softfloat", "GOMIPS", "softfloat"),
        ("linux/mipsle/hardfloat", "GOMIPS", "hardfloat"), ("linux/mips64/softfloat", "GOMIPS64", "softfloat"),
        ("linux/mips64le/softfloat", "GOMIPS64", "softfloat"), ("linux/ppc64le/power9", "GOPPC64", "power9"),
        ("linux/riscv64/rva22u64", "GORISCV64", "rva22u64"),
    ])
    func aVariantSetsItsVariableAndNoOther(platform: String, variable: String, value: String) throws {
        let command = try step(platform).command(below: "/out", budget: budget)
        #expect(command.environment[variable] == value)
        #expect(command.environment.keys.filter(Platform.variantVariables.contains) == [variable])
    }

    @Test func variablesOfTheUserDoNotChooseThePlatform() throws {
        var inherited = ["GOOS": "plan9", "GOARCH": "386", "GOTMPDIR": "/t", "GO_EXTLINK_ENABLED": "1"]
        for variable in Platform.variantVariables { inherited[variable] = "wrong" }
        let command = try step("linux/amd64", toolchain: try toolchain(inherited: inherited))
            .command(below: "/out", budget: budget)
        #expect(command.environment["GOOS"] == "linux" && command.environment["GOARCH"] == "amd64")
        #expect(!command.environment.values.contains("wrong"))
        #expect(command.environment["GOTMPDIR"] == nil && command.environment["GO_EXTLINK_ENABLED"] == nil)
    }

    @Test(arguments: [
        (["GOFLAGS": "-mod=vendor"], [:], "-mod=vendor"), ([:], ["GOFLAGS": "-mod=vendor"], "-mod=vendor"),
        (["GOFLAGS": "-v"], ["GOFLAGS": "-mod=vendor"], "-v"), (["GOFLAGS": "  -v   -x "], [:], "-v -x"),
        (["GOFLAGS": "-race -tags=a -buildmode=pie --toolexec=/x -o=/y"], [:], "-tags=a"),
        (["GOFLAGS": "-cover"], [:], ""), (["GOFLAGS": ""], ["GOFLAGS": "-race"], ""),
    ])
    func goFlagsAreMergedAndFiltered(inherited: [String: String], settings: [String: String], flags: String) throws {
        let environment = try BuildEnvironment(inherited: inherited, settings: settings)
        #expect(environment.variables["GOFLAGS"] == flags)
        #expect(environment.goFlags == flags.split(separator: " ").map(String.init))
    }

    @Test(arguments: [
        "GOEXPERIMENT", "GO111MODULE", "GOFIPS140", "GOWORK", "GOROOT", "GOROOT_FINAL", "GODEBUG", "GOSSAFUNC",
    ])
    func choicesOfTheUserStayAndAreNamed(variable: String) throws {
        let environment = try BuildEnvironment(inherited: [variable: "value"], settings: [:])
        #expect(environment.variables[variable] == "value")
        #expect(environment.notices == ["\(variable)=value from the environment is in force"])
    }

    @Test func aBudgetDoesNotReplaceTheUsersVariables() throws {
        let own = try toolchain(inherited: ["GOGC": "50", "GOMAXPROCS": "1"])
        let environment = try step("linux/amd64", toolchain: own).command(below: "/out", budget: budget).environment
        #expect(environment["GOGC"] == "50" && environment["GOMAXPROCS"] == "1")
    }

    @Test func severalProgramsAreWrittenIntoAFolder() throws {
        let command = try step("windows/amd64", ["x.org/a", "x.org/b"]).command(below: "/out", budget: budget)
        #expect(
            command.arguments == ["build", "-o", "/out/windows/amd64/", "-trimpath", "--", "x.org/a", "x.org/b"])
        #expect(
            try step("windows/amd64").command(below: "/out", budget: budget).arguments[2]
                == "/out/windows/amd64/app.exe")
    }

    @Test func aStagedBuildPrintsPackagesAndHasATemporaryFolder() throws {
        let command = try step("linux/amd64").stagedCommand(in: "/stage", budget: budget)
        #expect(command.arguments == ["build", "-o", "/stage/files/app", "-v", "-trimpath", "--", "x.org/app"])
        #expect(command.environment["GOTMPDIR"] == "/stage/tmp")
        let verbose = try step("linux/amd64", flags: flags(passedOn: ["-v"])).stagedCommand(in: "/s", budget: budget)
        #expect(verbose.arguments.filter { $0 == "-v" }.count == 1)
    }

    @Test func aPackageNamedByFilesIsBuiltFromThem() throws {
        let package = GoPackage(
            importPath: "command-line-arguments", name: "main", directory: "/src", files: ["tool.go", "more.go"])
        let step = BuildStep(
            platform: Platform(goos: "linux", goarch: "amd64"), directory: "/src",
            programs: [Program(package: package, name: "tool")], flags: flags(), toolchain: try toolchain(),
            wantedGo: nil)
        #expect(package.programName == "tool")
        #expect(step.command(below: "/out", budget: budget).arguments.suffix(2) == ["/src/tool.go", "/src/more.go"])
    }

    /// `go help list`, go1.19: "-json flag can be given a list of fields".
    @Test(arguments: [
        ("go1.18.10", "-json"), ("go1.19", "-json=ImportPath,Dir"), ("devel +abc", "-json=ImportPath,Dir"),
    ])
    func listingAsksForFieldsIfGoCan(version: String, flag: String) throws {
        #expect(try toolchain(version).jsonFlag(["ImportPath", "Dir"]) == flag)
    }

    @Test func listingKeepsBrokenPackagesAndTakesTheFlagsThatChooseFiles() throws {
        let flags = BuildFlags(
            tags: "a", ldflags: "-s", trimpath: true, mod: "vendor", buildvcs: "false", passedOn: ["-v"])
        #expect(
            try toolchain("go1.18").listArguments(["./..."], flags: flags.listing)
                == ["list", "-e", "-find", "-json", "-tags=a", "-mod=vendor", "--", "./..."])
    }

    /// `go help build`. A flag may have its value in the next word, which may look like a flag.
    @Test(arguments: [
        ("-tags=foo", "-tags=foo"), ("--tags foo", "--tags foo"), ("-v -tags foo -x", "-tags foo"),
        ("-ldflags -tags=foo", ""), ("-overlay=o.json -modfile m.mod", "-overlay=o.json -modfile m.mod"),
        ("-trimpath -mod=mod", "-mod=mod"), ("-modcacherw -a -p 4", "-modcacherw"), ("-tags", "-tags"),
    ])
    func flagsThatChooseFilesAreThereForListingToo(passedOn: String, listing: String) {
        let flags = flags(passedOn: passedOn.split(separator: " ").map(String.init))
        #expect(flags.listing.joined(separator: " ") == listing)
    }

    @Test(arguments: [
        ("go1.18", true), ("go1.27.3", true), ("go1.17.13", false), ("devel go1.28-abc", true), ("", false),
        ("gccgo 12", false),
    ])
    func versionsFrom118OnAreSupported(version: String, isSupported: Bool) {
        #expect(Toolchain.isSupported(version) == isSupported)
    }

    @Test(arguments: [
        ("example.com/m/sub", true), ("runtime", true), ("", false), ("# example.com/m", false),
        ("./main.go:3:1: syntax error", false), ("go: downloading x v1.0.0", false), ("\tmain.go", false),
    ])
    func packagesAreToldFromMessages(line: String, isPackage: Bool) { #expect(BuildStep.isPackage(line) == isPackage) }

    @Test(arguments: [("signal: killed", true), ("exit status 2", false)])
    func aKilledCompilerGetsAdvice(message: String, isAdvised: Bool) {
        let remedy = BuildBudget(steps: 4, cores: 4, memory: 4 << 30).remedy(for: "compile: \(message)")
        #expect(remedy.contains("--jobs 2 --memory 2048MiB") == isAdvised)
    }
}
