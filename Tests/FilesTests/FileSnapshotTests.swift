import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite struct FileSnapshotTests {
    @Test func refusesWhatIsNoRegularFile() throws {
        let folder = try TemporaryFolder()
        let fifo = folder.url.appending(path: "fifo").path
        #expect(try Execution("mkfifo", [fifo]).status == 0)
        for path in [fifo, "/dev/null", folder.url.path, folder.url.appending(path: "absent").path] {
            #expect(throws: FileError.self) { try FileSnapshot(FilePath(path)) }
        }
    }

    @Test(arguments: ["one byte more", ""]) func aFileThatChangesWhileItIsReadIsAnError(content: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("what was there", to: "file")
        let open = try OpenFile(FilePath(file.path))
        try Data(content.utf8).write(to: file)
        #expect(throws: FileError.self) { try FileSnapshot(open) }
    }

    @Test func walksATreeWithALinkLoop() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "sub/file")
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "sub/loop"), withDestinationURL: folder.url)
        let tree = FileTree(below: FilePath(folder.url.path))
        #expect(tree.files == [FilePath(folder.url.path).appending("sub/file")])
        #expect(tree.errors.isEmpty)
    }
}
