import GoBinary
import GoToolchain
import Processes
import SystemPackage
import Testing

@Suite struct BuildPlanTests {
    private let toolchain: Toolchain
    private let noFlags = BuildFlags(tags: nil, ldflags: nil, trimpath: true, mod: nil, buildvcs: nil, passedOn: [])

    init() throws {
        toolchain = Toolchain(
            executable: "/go/bin/go", version: "go1.27.3",
            environment: try BuildEnvironment(inherited: [:], settings: [:]))
    }

    private func part(
        _ paths: [String], _ platforms: [String] = ["linux/amd64", "linux/arm/v7"], name: String? = nil
    ) throws -> BuildPlan.Part {
        let mains = paths.map { GoPackage(importPath: $0, name: "main", directory: "/src") }
        return BuildPlan.Part(
            packages: [PackageGroup(directory: "/src", mains: mains)],
            platforms: try platforms.map(Platform.init(parsing:)), flags: noFlags, toolchain: toolchain,
            name: name)
    }

    @Test func mainsOfOneNameGetDistinctFiles() throws {
        let plan = try BuildPlan([part(["x.org/pass/cmd", "x.org/wincred/cmd", "x.org/tool"], ["linux/amd64"])])
        #expect(Set(plan.targets.map(\.fileName)) == ["pass-cmd", "wincred-cmd", "tool"])
        for step in plan.steps {
            #expect(Set(step.programs.map(\.package.programName)).count == step.programs.count)
        }
    }

    @Test func programsOfDistinctNamesAreBuiltByOneCommand() throws {
        #expect(try BuildPlan([part(["x.org/a", "x.org/b", "x.org/c"], ["linux/amd64"])]).steps.count == 1)
    }

    @Test func platformsAreBuiltOnce() throws {
        let plan = try BuildPlan([part(["x.org/a"], ["linux/amd64", "linux/arm/v7", "linux/amd64"])])
        #expect(plan.steps.map(\.platform.description) == ["linux/amd64", "linux/arm/v7"])
    }

    @Test func aBuildCanNameItsProgram() throws {
        let plan = try BuildPlan([part(["x.org/cmd/app"], ["windows/amd64"], name: "tool")])
        #expect(plan.targets.map(\.place) == ["windows/amd64/tool.exe"])
        #expect(throws: BuildError.nameForSeveralPrograms("tool", count: 2)) {
            try BuildPlan([part(["x.org/a", "x.org/b"], name: "tool")])
        }
    }

    /// One file would replace the other without a word.
    @Test func twoFilesAtOnePlaceAreRefused() throws {
        #expect(throws: BuildError.samePlace("linux/amd64/a", packages: ["x.org/a", "x.org/a"])) {
            try BuildPlan([part(["x.org/a"]), part(["x.org/a"], ["linux/amd64"])])
        }
        #expect(try BuildPlan([part(["x.org/a"]), part(["x.org/a"], name: "b")]).targets.count == 4)
    }

    @Test func theStepsOfMostProgramsComeFirst() throws {
        let plan = try BuildPlan([part(["x.org/a"]), part(["x.org/b", "x.org/c"])])
        #expect(plan.biggestFirst == [2, 3, 0, 1])
    }

    @Test func aPartOfAPlanHasItsTargetsAlone() throws {
        let plan = try BuildPlan([part(["x.org/a", "x.org/b"])])
        let kept = plan.keeping { $0.place == "linux/arm/v7/b" }
        #expect(kept.targets.map(\.place) == ["linux/arm/v7/b"])
        #expect(plan.keeping { _ in false }.steps.isEmpty)
    }

    /// `go help build`: a major version at the end is not the program's name.
    @Test(arguments: [("x.org/tool/v2", "tool"), ("x.org/tool", "tool"), ("x.org/v1", "v1"), ("tool", "tool")])
    func programsAreNamedAsGoNamesThem(path: String, name: String) {
        #expect(GoPackage(importPath: path, name: "main", directory: "").programName == name)
    }

    @Test func flagsGoThrough() {
        let flags = BuildFlags(
            tags: "a,b", ldflags: "-s -w", trimpath: true, mod: "vendor", buildvcs: "false", passedOn: ["-v"])
        #expect(flags.listing == ["-tags=a,b", "-mod=vendor"])
        #expect(
            flags.building == ["-trimpath", "-tags=a,b", "-mod=vendor", "-ldflags=-s -w", "-buildvcs=false", "-v"])
    }

    /// What go would leave unwritten, or write elsewhere (`go help build`).
    @Test(arguments: [
        (["-o", "x"], "-o"), (["-o=x"], "-o"), (["--o=x"], "-o"), (["-v", "-n"], "-n"), (["-n=true"], "-n"),
        (["-tags", "-o", "-x"], nil), (["-gcflags", "-n"], nil), (["-ldflags=-n"], nil), ([], nil),
    ])
    func flagsThatLeaveNoProgramAreSeen(words: [String], flag: String?) {
        #expect(BuildFlags.withoutProgram(among: words) == flag)
    }

    @Test(arguments: [
        (["./x"], "./x"), (["-v", "./x"], "./x"), (["-tags", "a", "b"], "b"), (["-tags=a", "b"], "b"), ([""], ""),
        (["-ldflags", "-s -w", "-v"], nil), (["-tags", "a"], nil), (["-race", "-p", "2"], nil), ([], nil),
    ])
    func packagesAmongFlagsAreSeen(words: [String], package: String?) {
        #expect(BuildFlags.package(among: words) == package)
    }

    @Test func theCommandCanBeGivenToAShell() throws {
        let step = try #require(BuildPlan([part(["x.org/a b"], ["linux/arm/v7"])]).steps.first)
        let budget = BuildBudget(steps: 1, cores: 2, memory: 2 << 30)
        let text = step.command(below: "/out", budget: budget).shellText(inherited: ["GOFLAGS": ""])
        #expect(text.hasPrefix("cd /src && CGO_ENABLED=0 GOARCH=arm GOARM=7 GOENV=off GOGC=off GOMAXPROCS=2 "))
        #expect(text.hasSuffix("/go/bin/go build -o '/out/linux/arm/v7/a b' -trimpath -- 'x.org/a b'"))
    }
}
