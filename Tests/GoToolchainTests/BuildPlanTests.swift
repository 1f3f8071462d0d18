import GoBinary
import GoToolchain
import SystemPackage
import Testing

@Suite struct BuildPlanTests {
    private func plan(_ paths: [String], flags: BuildFlags) throws -> BuildPlan {
        let mains = paths.map { GoPackage(importPath: $0, name: "main", directory: "/src") }
        let platforms = try ["linux/amd64", "linux/arm/v7", "linux/amd64"].map(Platform.init(parsing:))
        return BuildPlan(packages: [PackageGroup(directory: "/src", mains: mains)], platforms: platforms, flags: flags)
    }

    private let noFlags = BuildFlags(tags: nil, ldflags: nil, trimpath: true, mod: nil, buildvcs: nil, passedOn: [])

    @Test func mainsOfOneNameGetDistinctFiles() throws {
        let plan = try plan(["x.org/pass/cmd", "x.org/wincred/cmd", "x.org/tool"], flags: noFlags)
        #expect(Set(plan.programs.map(\.name)) == ["pass-cmd", "wincred-cmd", "tool"])
        for group in plan.groups {
            #expect(Set(group.programs.map(\.package.programName)).count == group.programs.count)
        }
    }

    @Test func programsOfDistinctNamesAreBuiltByOneCommand() throws {
        #expect(try plan(["x.org/a", "x.org/b", "x.org/c"], flags: noFlags).groups.count == 1)
    }

    @Test func platformsAreBuiltOnce() throws {
        #expect(try plan(["x.org/a"], flags: noFlags).platforms.map(\.description) == ["linux/amd64", "linux/arm/v7"])
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
}
