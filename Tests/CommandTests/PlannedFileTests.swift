import Foundation
import TestSupport
import Testing

/// No file that a run writes replaces another. Clashes are found before anything is built.
struct PlannedFileTests {
    private let module: GoModule

    init() throws { module = try GoModule(["main.go": GoModule.hello]) }

    @Test(arguments: [
        ["--report", "json=dist/linux/amd64/m"], ["--report", "json=dist/linux/amd64/m.intoto.json"],
        ["--report", "json=./dist/linux/../linux/amd64/m.intoto.jsonl"], ["--sbom", "spdx=dist/linux/amd64/m"],
        ["--report", "json=dist/linux/amd64/m/report"],
        ["--report", "json=one", "--sbom", "spdx=one"],
    ])
    func noResultReplacesAProgramItsStampOrAnotherResult(options: [String]) throws {
        let result = try module.run(["check", "-q", "-p", "linux/amd64"] + options)
        #expect(result.status == 64)
        #expect(result.errors.contains("name another file"), "\(result.errors)")
        #expect(!module.holds("dist"))
    }

    @Test(arguments: [
        ("a.intoto.json", "linux/amd64", "would have the name of the stamp"),
        ("a.intoto.jsonl", "linux/amd64", "would have the name of the stamp"),
        ("v3", "linux/amd64, linux/amd64/v3", "would have the name of the folder"),
    ])
    func noProgramHasTheNameOfAStampOrAFolder(name: String, platforms: String, message: String) throws {
        try module.folder.write(
            "version: 1\nbuilds:\n  - {packages: ., name: \(name), platforms: linux/amd64}\n"
                + "  - {packages: ., name: a, platforms: [\(platforms)]}\n", to: "scratchcheck.yaml")
        let result = try module.run(["check", "-q"])
        #expect(result.status == 2)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(!module.holds("dist"))
    }

    @Test(arguments: ["dist/linux/amd64/m", "own.key"]) func noResultReplacesAProgramOrAKey(file: String) throws {
        #expect(try module.run(["keygen", "own"]).status == 0)
        #expect(try module.run(["check", "-q", "-p", "linux/amd64"]).status == 0)
        let before = try module.bytes(file)
        for command in [["verify"], ["gate", "--allow-unsigned"]] {
            let result = try module.run(command + ["-q", "--report", "json=\(file)", "dist"])
            #expect(result.status == 64, "\(result.errors)")
        }
        try FileManager.default.createDirectory(atPath: module.path("out"), withIntermediateDirectories: false)
        let copied = try module.run(
            ["gate", "--allow-unsigned", "-q", "--copy-to", "out", "--report", "json=out/m", "dist/linux/amd64/m"])
        #expect(copied.status == 64, "\(copied.errors)")
        #expect(try module.bytes("out/m") == module.bytes("dist/linux/amd64/m"))
        #expect(try module.bytes(file) == before)
    }

    @Test func resultsBesideTheProgramsAreWritten() throws {
        let result = try module.run(["check", "-q", "-p", "linux/amd64", "--report", "json=dist/linux/amd64/m.json"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(module.holds("dist/linux/amd64/m.json") && module.holds("dist/linux/amd64/m"))
    }
}
