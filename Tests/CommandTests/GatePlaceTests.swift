import Foundation
import TestSupport
import Testing

/// The gate binds a file to its place: the platform of its folder, its name, and one target for each copy.
@Suite(.serialized) struct GatePlaceTests {
    private let module: GoModule

    init() throws {
        module = try GoModule(["a/main.go": GoModule.hello, "b/main.go": GoModule.hello])
        #expect(try module.run(["keygen", "own"]).status == 0)
        let result = try module.check(["./...", "-p", "linux/amd64,linux/386", "--key", "own.key", "-q"])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
    }

    private func gate(_ arguments: [String]) throws -> Execution {
        try module.run(["gate", "--trust", "own.pub"] + arguments)
    }

    private func move(_ from: String, _ to: String) throws {
        let target = URL(filePath: module.path(to)).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: module.path(from), toPath: module.path(to))
    }

    /// Moves a program with its stamp.
    private func moveStamped(_ from: String, _ to: String) throws {
        for suffix in ["", ".intoto.jsonl"] { try move(from + suffix, to + suffix) }
    }

    @Test func platformsThatWereExchangedAreRefused() throws {
        try move("dist/linux/amd64", "dist/linux/other")
        try move("dist/linux/386", "dist/linux/amd64")
        try move("dist/linux/other", "dist/linux/386")
        let result = try gate(["--require", "linux/amd64,linux/386", "--copy-to", "out", "dist"])
        #expect(result.status == 1)
        #expect(result.output.contains("wrong-place"))
        #expect(!module.holds("out"))
        let image = try module.run(["image", "--from", "dist", "--trust", "own.pub", "--program", "a", "-t", "x"])
        #expect(image.status != 0)
        #expect(image.errors.contains("wrong-place"))
    }

    @Test(arguments: [
        "dist/linux/arm64/a", "dist/linux/amd64/v3/a", "dist/linux/arm/v7/a", "elsewhere/linux/s390x/a",
        "dist/darwin/amd64/a", "dist/linux/arm64/v8/a",
    ]) func aFileInTheFolderOfAnotherPlatformIsRefused(place: String) throws {
        try moveStamped("dist/linux/amd64/a", place)
        let result = try gate([place])
        #expect(result.status == 1)
        #expect(result.output.contains("wrong-place"))
        // From inside of the tree the place is the same.
        let folder = URL(filePath: module.path(place)).deletingLastPathComponent()
        let inside = try Execution(
            Checkout.program, ["gate", "--trust", module.path("own.pub"), "a"], in: folder)
        #expect(inside.output.contains("wrong-place"))
    }

    @Test(arguments: ["app/a", "linux/a", "amd64/a", "my/linux/amd64/bin/a", "linux/amd64/a"])
    func aFileInAnyOtherFolderIsLetThrough(place: String) throws {
        try moveStamped("dist/linux/amd64/a", place)
        let result = try gate([place])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test func aRenamedFileIsRefusedUnlessThatIsMeant() throws {
        try moveStamped("dist/linux/amd64/a", "dist/linux/amd64/server")
        let refused = try gate(["dist"])
        #expect(refused.status == 1)
        #expect(refused.output.contains("wrong-name"))
        let meant = try gate(["--allow-renamed", "--report", "json=gate.json", "dist"])
        #expect(meant.status == 0, "\(meant.output)")
        #expect(meant.output.contains("stamped as a"))
        let entries = try #require(try module.json("gate.json")["binaries"] as? [[String: Any]])
        let renamed = entries.filter { $0["stampedName"] != nil }
        #expect(renamed.count == 1)
        #expect(renamed.first?["stampedName"] as? String == "a")
        #expect((renamed.first?["path"] as? String)?.hasSuffix("linux/amd64/server") == true)
    }

    @Test func twoFilesWithOneTargetAreAnError() throws {
        try moveStamped("dist/linux/amd64/a", "x/app")
        try moveStamped("dist/linux/386/a", "y/app")
        let result = try gate([
            "--allow-renamed", "--require", "linux/amd64,linux/386", "--copy-to", "out", "x/app", "y/app",
        ])
        #expect(result.status == 2)
        #expect(result.errors.contains("out/app"))
        #expect(!module.holds("out"))
    }

    @Test func aTargetThatHoldsAnotherProgramIsAnError() throws {
        try FileManager.default.createDirectory(atPath: module.path("out"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: Checkout.sample("c-static"), toPath: module.path("out/helper"))
        let result = try gate(["--copy-to", "out", "dist"])
        #expect(result.status == 2)
        #expect(result.errors.contains("out/helper"))
        #expect(!module.holds("out/linux"))
        // Data is not a program. What an earlier run put there is replaced.
        try FileManager.default.removeItem(atPath: module.path("out/helper"))
        try module.folder.write("data", to: "out/config.json")
        for _ in 1...2 { #expect(try gate(["--copy-to", "out", "dist"]).status == 0) }
    }

    @Test func aLinkInsideTheTargetIsNotFollowed() throws {
        try FileManager.default.createDirectory(atPath: module.path("out"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: module.path("elsewhere"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: module.path("out/linux"), withDestinationPath: module.path("elsewhere"))
        let result = try gate(["--copy-to", "out", "dist"])
        #expect(result.status == 2)
        #expect(result.errors.contains("out/linux"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: module.path("elsewhere")).isEmpty)
    }

    @Test func aLinkThatLeavesTheTreeIsAnError() throws {
        try moveStamped("dist/linux/amd64/b", "elsewhere/b")
        for suffix in ["", ".intoto.jsonl"] {
            try FileManager.default.createSymbolicLink(
                atPath: module.path("dist/linux/amd64/b\(suffix)"),
                withDestinationPath: module.path("elsewhere/b\(suffix)"))
        }
        let result = try gate(["dist"])
        #expect(result.status == 2)
        #expect(result.output.contains("dist/linux/amd64/b"))
    }

    @Test func aCommitThatFailsHalfWayPutsBackWhatWasThere() throws {
        #expect(try gate(["--copy-to", "out", "dist"]).status == 0)
        let before = Array("old".utf8)
        try module.folder.write("old", to: "out/linux/386/a")
        try FileManager.default.removeItem(atPath: module.path("out/linux/386/b"))
        // A folder with an entry in the way of a file: no rename can replace it.
        try FileManager.default.removeItem(atPath: module.path("out/linux/amd64/b"))
        try module.folder.write("in the way", to: "out/linux/amd64/b/entry")
        let result = try gate(["--copy-to", "out", "dist"])
        #expect(result.status == 2)
        #expect(try module.bytes("out/linux/386/a") == before)
        #expect(!module.holds("out/linux/386/b"))
        #expect(module.holds("out/linux/amd64/b/entry"))
        let left = try FileManager.default.contentsOfDirectory(atPath: module.path("out"))
        #expect(left == ["linux"])
    }

    @Test func whatAKilledRunLeftIsRemovedByTheNext() throws {
        let script = """
            cd "$1"
            for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                "$0" gate --trust own.pub --copy-to out dist >/dev/null 2>&1 & sleep 0.0$i; kill -KILL $! ; wait $! 2>/dev/null
            done
            mkdir -p out/.staticcheck-left && touch out/.staticcheck-left/lock
            "$0" gate --trust own.pub --copy-to out dist >/dev/null || exit 3
            ls -A out
            """
        let result = try Execution("bash", ["-c", script, Checkout.program, module.path("")])
        #expect(result.status == 0)
        #expect(result.output == "linux\n")
    }
}
