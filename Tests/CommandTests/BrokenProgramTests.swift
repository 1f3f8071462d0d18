import Foundation
import TestSupport
import Testing

/// go builds the programs of a platform together, and fails if one of them cannot be built. The others are built without it.
struct BrokenProgramTests {
    private static let library = "package lib\n\nvar Number int = 1\n"
    private static let user = "package main\n\nimport _ \"example.com/m/lib\"\n\nfunc main() {}\n"
    private static let wrongCall = "package main\n\nfunc main() { unknown() }\n"

    private let module: GoModule

    init() throws {
        module = try GoModule([
            "lib/lib.go": BrokenProgramTests.library, "cmd/a/main.go": GoModule.hello,
            "cmd/b/main.go": BrokenProgramTests.user, "cmd/c/main.go": GoModule.hello,
        ])
    }

    /// Runs `check`, and returns the verdicts by the names of the programs.
    private func check(_ options: [String] = []) throws -> (verdicts: [String: String], problems: [String]) {
        let result = try module.run(
            ["check", "-p", "linux/amd64", "--format", "json"] + options + ["./cmd/..."])
        #expect(result.status == 2)
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(report.binaries.map(\.package) == ["a", "b", "c"].map { "example.com/m/cmd/\($0)" })
        return (
            Dictionary(uniqueKeysWithValues: report.binaries.map { (String($0.package.suffix(1)), $0.verdict) }),
            report.problems.map(\.message)
        )
    }

    private struct Report: Decodable {
        let binaries: [Binary]
        let problems: [Problem]

        struct Binary: Decodable {
            let package: String
            let verdict: String
        }

        struct Problem: Decodable {
            let message: String
        }
    }

    /// What go cannot build, and which programs fail for it.
    @Test(arguments: [
        (["cmd/c/main.go": wrongCall], "c"),
        (["lib/lib.go": "package lib\n\nvar Number int = \"\"\n"], "b"),
        // go ends before it compiles anything.
        (["cmd/c/main.go": "package main\n\nimport _ \"example.org/none\"\n\nfunc main() {}\n"], "c"),
        (["lib/lib.go": "package lib\n\nimport _ \"example.org/none\"\n"], "b"),
        // The linker fails.
        (["cmd/c/main.go": "package main\n\nfunc none()\n\nfunc main() { none() }\n", "cmd/c/empty.s": ""], "c"),
        (["lib/lib.go": "package lib\n\nvar Number int = \"\"\n", "cmd/c/main.go": wrongCall], "bc"),
        (["cmd/a/main.go": wrongCall, "cmd/b/main.go": wrongCall, "cmd/c/main.go": wrongCall], "abc"),
    ])
    func onlyTheProgramThatGoCannotBuildFails(files: [String: String], broken: String) throws {
        for (path, text) in files { try module.folder.write(text, to: path) }
        let (verdicts, problems) = try check()
        #expect(problems.count == 1)
        for name in ["a", "b", "c"] {
            let isBroken = broken.contains(name)
            #expect(verdicts[name] == (isBroken ? "failed" : "ready"), "\(name)")
            let program = module.path("dist/linux/amd64/\(name)")
            #expect(FileManager.default.fileExists(atPath: program) != isBroken, "\(name)")
            if !isBroken { #expect(try Execution(program, []).status == 0) }
        }
    }

    /// A run after a run: the programs of the last one lie where go writes.
    @Test func theFileOfAnEarlierRunStaysAndIsNamed() throws {
        let first = try module.run(["check", "-p", "linux/amd64", "./cmd/..."])
        #expect(first.status == 0, "\(first.errors)")
        let program = module.path("dist/linux/amd64/c")
        let old = try Data(contentsOf: URL(filePath: program))
        try module.folder.write(BrokenProgramTests.wrongCall, to: "cmd/c/main.go")
        try module.folder.write("package main\n\nfunc main() { println(\"new\") }\n", to: "cmd/a/main.go")

        let (verdicts, problems) = try check()
        #expect(verdicts == ["a": "ready", "b": "ready", "c": "failed"])
        #expect(problems.allSatisfy { $0.hasSuffix("\nstill there, from an earlier run: dist/linux/amd64/c") })
        #expect(try Data(contentsOf: URL(filePath: program)) == old)
        #expect(try Execution(module.path("dist/linux/amd64/a"), []).errors == "new\n")
    }

    @Test func theSecondBuildComparesTheOthers() throws {
        try module.folder.write(BrokenProgramTests.wrongCall, to: "cmd/c/main.go")
        let (verdicts, problems) = try check(["--reproduce"])
        #expect(verdicts == ["a": "ready", "b": "ready", "c": "failed"])
        #expect(problems.count == 1)
    }
}
