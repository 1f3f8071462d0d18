import Foundation
import TestSupport
import Testing

/// What the tool writes into a repository does not change what it builds there next.
@Suite(.serialized) struct SameBytesTests {
    private static let matrix = ["-p", "linux/amd64,linux/arm64", "-q"]

    private let module: GoModule

    init() throws {
        module = try GoModule(["a/main.go": GoModule.hello, "b/main.go": GoModule.hello])
        try module.commit()
    }

    /// The programs with their digests.
    private func digests() throws -> String {
        let script = "find dist -type f -perm -u+x | LC_ALL=C sort | xargs sha256sum"
        let result = try Execution("bash", ["-c", script], in: module.folder.url)
        try result.check()
        return result.output
    }

    /// What git would tell go of the working tree.
    private func changes() throws -> String {
        let result = try Execution("git", ["status", "--porcelain"], in: module.folder.url)
        try result.check()
        return result.output
    }

    private func revision(of program: String) throws -> String {
        try Execution("go", ["version", "-m", module.path(program)]).output
    }

    @Test func twoRunsGiveTheSameBytes() throws {
        let first = try module.check(["./..."] + SameBytesTests.matrix)
        #expect(first.status == 0, "\(first.errors)")
        #expect(try changes() == "")
        let before = try digests()
        #expect(before.split(separator: "\n").count == 4)
        let second = try module.check(["./..."] + SameBytesTests.matrix)
        #expect(second.status == 0, "\(second.errors)")
        #expect(!second.output.contains("modified-tree"))
        #expect(try digests() == before)
        #expect(try revision(of: "dist/linux/arm64/b").contains("vcs.modified=false"))
    }

    @Test func anImageAfterACheckHasTheBytesThatWereChecked() throws {
        try module.check(["./..."] + SameBytesTests.matrix).check()
        let before = try digests()
        for _ in 1...2 {
            let image = try module.run(["image", "./a", "-t", "a:1"] + SameBytesTests.matrix)
            #expect(image.status == 0, "\(image.errors)")
            #expect(try changes() == "")
            #expect(try digests() == before)
        }
        let read = try module.run(["verify", "oci:image"])
        #expect(read.status == 0, "\(read.errors)")
    }

    @Test func aFolderThatIsInUseGetsNoIgnoreFile() throws {
        for (folder, name) in [("out", ".gitignore"), ("other", "notes")] {
            try module.folder.write("mine\n", to: "\(folder)/\(name)")
            let result = try module.check(["./a", "-q", "-p", "linux/amd64", "-o", folder])
            #expect(result.status == 0, "\(result.errors)")
            #expect(try module.bytes("\(folder)/\(name)") == Array("mine\n".utf8))
        }
        #expect(!module.holds("other/.gitignore"))
    }

    /// The gate's target is shipped, so it holds what was admitted and nothing else.
    @Test func whatIsShippedHasNoIgnoreFile() throws {
        try module.check(["./a", "-q", "-p", "linux/amd64"]).check()
        let gate = try module.run(["gate", "--allow-unsigned", "--copy-to", "shipped", "dist"])
        #expect(gate.status == 0, "\(gate.errors)")
        #expect(module.holds("shipped/linux/amd64/a"))
        #expect(!module.holds("shipped/.gitignore"))
    }
}
