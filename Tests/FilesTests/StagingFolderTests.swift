import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Files

/// The folders for unfinished files: hidden, removed when the run ends, and removed by the next run if it was killed.
@Suite struct StagingFolderTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    private func names() throws -> [String] { try Folder.names(in: root).map(\.string) }

    @Test func staysHiddenUniqueAndEmptyButForItsLock() throws {
        let folders = try [StagingFolder(in: root), StagingFolder(in: root)]
        #expect(folders[0].path != folders[1].path)
        for folder in folders {
            #expect(folder.path.lastComponent?.string.hasPrefix(".staticcheck-") == true)
            #expect(try Folder.names(in: folder.path) == ["lock"])
        }
        // Both are alive, so neither has removed the other.
        #expect(try names().count == 2)
    }

    @Test func isGoneAfterwards() throws {
        let staging = try StagingFolder(in: root.appending("new/parent"))
        try AtomicFile.write("x".utf8, to: staging.path.appending("file"))
        staging.remove()
        #expect(try Folder.names(in: root.appending("new/parent")).isEmpty)
    }

    @Test func theNextRunRemovesWhatAKilledRunLeft() throws {
        try folder.write("", to: ".staticcheck-left/lock")
        try folder.write("half", to: ".staticcheck-left/deep/file")
        try Folder.create(root.appending(".staticcheck-killed-at-once"))
        let staging = try StagingFolder(in: root)
        #expect(try names() == [staging.path.lastComponent?.string])
    }

    @Test func nothingElseIsRemoved() throws {
        try folder.write("kept", to: ".staticcheck-without-lock/file")
        try folder.write("kept", to: ".other/lock")
        try folder.write("kept", to: "elsewhere/lock")
        try folder.write("kept", to: ".staticcheck-file")
        try FileManager.default.createSymbolicLink(
            atPath: root.appending(".staticcheck-link").string, withDestinationPath: "elsewhere")
        let before = try names()
        try StagingFolder(in: root).remove()
        #expect(try names() == before)
        #expect(root.appending("elsewhere/lock").isFile)
    }

    /// Python's fcntl.flock holds the lock as another run would, until that process is killed.
    @Test func aRunThatIsAliveKeepsItsFolder() throws {
        try folder.write("", to: ".staticcheck-alive/lock")
        let script = """
            import fcntl,sys
            file=open(sys.argv[1],'r+'); fcntl.flock(file,fcntl.LOCK_EX); print('locked',flush=True); sys.stdin.read()
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, root.appending(".staticcheck-alive/lock").string]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.start()
        // One write may arrive in two reads.
        var said = Data()
        while said.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            try #require(!more.isEmpty)
            said += more
        }
        #expect(said == Data("locked\n".utf8))
        try StagingFolder(in: root).remove()
        #expect(try names() == [".staticcheck-alive"])
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try StagingFolder(in: root).remove()
        #expect(try names().isEmpty)
    }

    @Test func aFileInTheWayIsAnError() throws {
        try folder.write("x", to: "file")
        #expect(throws: OutputError.self) { try StagingFolder(in: root.appending("file")) }
    }
}

/// Folders below a root, through which nothing may be written elsewhere.
@Suite struct FolderBelowRootTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: root.appending(name).string, withDestinationPath: target)
    }

    @Test func newFoldersAreRecorded() throws {
        try Folder.create(root.appending("a"))
        var created: [FilePath] = []
        try Folder.create("a/b/c", below: root, recordingIn: &created)
        #expect(created == [root.appending("a/b"), root.appending("a/b/c")])
        try Folder.create("a/b/c", below: root, recordingIn: &created)
        #expect(created.count == 2)
    }

    @Test(arguments: ["elsewhere", "nowhere"]) func aLinkIsNotFollowed(target: String) throws {
        try Folder.create(root.appending("elsewhere"))
        try Folder.create(root.appending("root"))
        try link("root/a", to: "../\(target)")
        let error = OutputError(root.appending("root/a"), .isLink)
        #expect(throws: error) { try Folder.create("a/b", below: root.appending("root")) }
        #expect(throws: error) { try Folder.checkNoLink(in: "a/b/c", below: root.appending("root")) }
        #expect(throws: error) { try Folder.checkNoLink(in: "a", below: root.appending("root")) }
        #expect(try Folder.names(in: root.appending("elsewhere")).isEmpty)
    }

    @Test func theRootItselfMayBeALink() throws {
        try Folder.create(root.appending("real"))
        try link("root", to: "real")
        try Folder.create("a/b", below: root.appending("root"))
        try Folder.checkNoLink(in: "a/b/missing", below: root.appending("root"))
        #expect(root.appending("real/a/b").isFolder)
    }

    @Test func aFileInTheWayIsAnError() throws {
        try folder.write("x", to: "a")
        #expect(throws: OutputError(root.appending("a"), .system(.createFolder, .fileExists))) {
            try Folder.create("a/b", below: root)
        }
    }
}
