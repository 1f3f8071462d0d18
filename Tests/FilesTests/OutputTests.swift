import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite struct AtomicFileTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    private func text(_ name: String) throws -> String { try FileSnapshot.text(root.appending(name)) }

    @Test func aFileIsReplacedAndNothingElseIsLeft() throws {
        try folder.write("old", to: "file")
        try AtomicFile.write("new".utf8, to: root.appending("file"))
        #expect(try text("file") == "new")
        #expect(try Folder.names(in: root).map(\.string) == ["file"])
    }

    @Test func aReaderOfTheOldFileKeepsItsContent() throws {
        try folder.write("old", to: "file")
        let open = try OpenFile(root.appending("file"))
        try AtomicFile.write("newer".utf8, to: root.appending("file"))
        #expect(try open.bytes(in: 0..<3) == Array("old".utf8))
    }

    /// A folder cannot be replaced by a file (rename(2), EISDIR).
    @Test func aFailureLeavesNoTemporaryFile() throws {
        try folder.write("inside", to: "place/file")
        let place = root.appending("place")
        #expect(throws: OutputError(place, .system(.write, .isDirectory))) {
            try AtomicFile.write("new".utf8, to: place)
        }
        #expect(try Folder.names(in: root).map(\.string) == ["place"])
        #expect(try text("place/file") == "inside")
    }

    @Test func aMissingFolderIsAnErrorWithThePath() {
        let path = root.appending("absent/file")
        #expect(throws: OutputError(path, .system(.write, .noSuchFileOrDirectory))) {
            try AtomicFile.write("x".utf8, to: path)
        }
    }

    @Test func aLinkIsReplacedAndItsTargetKept() throws {
        try folder.write("target", to: "target")
        try FileManager.default.createSymbolicLink(
            atPath: root.appending("link").string, withDestinationPath: "target")
        try AtomicFile.write("new".utf8, to: root.appending("link"))
        #expect(try text("target") == "target")
        #expect(try text("link") == "new")
        #expect(FileIdentity(of: root.appending("link"))?.mode.type == .regular)
    }

    @Test(arguments: [UInt32(0o600), 0o644, 0o755]) func permissionsAreGivenLessTheMask(permissions: UInt32) throws {
        try AtomicFile.write("x".utf8, to: root.appending("file"), permissions: permissions)
        let mask = try #require(
            UInt32(try Execution("sh", ["-c", "umask"]).output.trimmingCharacters(in: .newlines), radix: 8))
        #expect(try OpenFile(root.appending("file")).permissions == permissions & ~mask)
    }

    @Test func renamingAndRemovingNameThePath() throws {
        try folder.write("x", to: "a")
        try rename(root.appending("a"), root.appending("b"))
        #expect(!root.appending("a").exists && root.appending("b").isFile)
        #expect(throws: OutputError(root.appending("c"), .system(.write, .noSuchFileOrDirectory))) {
            try rename(root.appending("a"), root.appending("c"))
        }
        try remove(root.appending("b"))
        do {
            try remove(root.appending("b"))
            Issue.record("removing a file that does not exist succeeded")
        } catch {
            #expect(error.isMissing)
        }
    }

    @Test func aSecondNameIsTheSameFile() throws {
        try folder.write("x", to: "a")
        try link(root.appending("a"), as: root.appending("b"))
        #expect(FileIdentity(of: root.appending("a")) == FileIdentity(of: root.appending("b")))
        try folder.write("x", to: "c")
        #expect(FileIdentity(of: root.appending("a")) != FileIdentity(of: root.appending("c")))
        #expect(FileIdentity(of: root.appending("absent")) == nil)
    }

    @Test(arguments: [
        (0o755, true), (0o700, true), (0o644, false), (0o4755, false), (0o2755, false), (0o1755, false), (0o055, false),
    ])
    func aPlainProgramIsExecutableAndHasNoSpecialBits(mode: Int, isPlain: Bool) throws {
        let file = try folder.write("x", to: "file")
        #expect(chmod(file.path, mode_t(mode)) == 0)
        #expect(FileIdentity(of: FilePath(file.path))?.isPlainProgram == isPlain)
    }

    @Test func aPathIsAskedForItsKind() throws {
        let file = try folder.write("four", to: "file")
        try FileManager.default.createSymbolicLink(atPath: root.appending("link").string, withDestinationPath: "file")
        try FileManager.default.createSymbolicLink(atPath: root.appending("broken").string, withDestinationPath: "no")
        let path = FilePath(file.path)
        #expect(path.exists && path.isFile && !path.isFolder && !path.isProgram)
        #expect(path.fileSize == 4 && root.fileSize == nil && root.appending("broken").fileSize == nil)
        #expect(root.appending("link").isFile && !root.appending("broken").exists)
        #expect(root.isFolder && !root.isProgram)
        #expect(chmod(file.path, 0o755) == 0)
        #expect(path.isProgram && root.appending("link").isProgram)
    }
}

@Suite struct FolderTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    @Test func aFolderIsCreatedWithItsParentsAndKeptWhenItExists() throws {
        let path = root.appending("a/b/c")
        try Folder.create(path)
        try folder.write("x", to: "a/b/c/file")
        try Folder.create(path)
        #expect(path.appending("file").isFile)
    }

    @Test func permissionsAreThoseOfTheNewFolder() throws {
        try Folder.create(root.appending("private"), permissions: 0o700)
        #expect(FileIdentity(of: root.appending("private"))?.mode.permissions.rawValue == 0o700)
    }

    @Test func aFileInTheWayIsAnError() throws {
        try folder.write("x", to: "file")
        #expect(throws: OutputError(root.appending("file"), .system(.createFolder, .fileExists))) {
            try Folder.create(root.appending("file"))
        }
        #expect(throws: OutputError(root.appending("file/a"), .system(.createFolder, .notDirectory))) {
            try Folder.create(root.appending("file/a"))
        }
    }
}

@Suite struct TemporaryPlaceTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    private struct Failure: Error {}

    @Test func theFolderIsPrivateAndGoneAfterwards() async throws {
        let place = try await TemporaryPlace.with(in: root) { place in
            try Folder.create(place.appending("a/b"))
            try AtomicFile.write("x".utf8, to: place.appending("a/b/file"))
            #expect(FileIdentity(of: place)?.mode.permissions.rawValue == 0o700)
            return place
        }
        #expect(place.removingLastComponent() == root && !place.exists)
    }

    @Test func theFolderIsGoneAfterAnError() async throws {
        await #expect(throws: Failure.self) {
            try await TemporaryPlace.with(in: root) { place in
                try AtomicFile.write("x".utf8, to: place.appending("file"))
                throw Failure()
            }
        }
        #expect(try Folder.names(in: root).isEmpty)
    }

    @Test func aBaseThatDoesNotExistIsAnError() async {
        await #expect(throws: OutputError.self) { try await TemporaryPlace.with(in: root.appending("absent")) { _ in } }
    }

    @Test func aSpoolLeavesNothingBehindAndIsReadBack() throws {
        var spool = try Spool(in: root)
        #expect(try Folder.names(in: root).isEmpty)
        try spool.append([1, 2, 3])
        try spool.append([4])
        let stored = try spool.finished()
        #expect(stored.count == 4)
        #expect(try stored.all(limit: 4) == [1, 2, 3, 4])
        #expect(try Folder.names(in: root).isEmpty)
    }

    @Test func aSpoolNeedsAFolder() {
        #expect(throws: OutputError.self) { _ = try Spool(in: root.appending("absent")) }
    }
}

@Suite struct StoredBytesTests {
    private let folder: TemporaryFolder
    private let path: FilePath

    init() throws {
        folder = try TemporaryFolder()
        path = FilePath(try folder.write("0123456789", to: "file").path)
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func aRangeOfARangeCountsFromItsStart() throws {
        let stored = try StoredBytes(path)
        #expect(stored.count == 10)
        let run = stored.run(at: 2, count: 6)
        #expect(try text(run.all(limit: 6)) == "234567")
        #expect(try text(run.run(at: 1, count: 3).all(limit: 3)) == "345")
        #expect(try text(run.bytes(at: 4, count: 100)) == "67")
        #expect(try run.bytes(at: 9, count: 1).isEmpty)
    }

    @Test func aRangeBeyondTheFileIsFoundWhenItIsRead() throws {
        let run = try StoredBytes(path).run(at: 8, count: 4)
        #expect(throws: FileError(path, .changed)) { try run.all(limit: 10) }
    }

    @Test func aLimitIsKept() throws {
        #expect(throws: FileError(path, .tooLarge(limit: 9))) { try StoredBytes(path).all(limit: 9) }
    }

    @Test func theFileMayLoseItsName() throws {
        let stored = try StoredBytes(path)
        try remove(path)
        #expect(try text(stored.all(limit: 10)) == "0123456789")
    }

    @Test func aStreamHasAllBytesInOrder() throws {
        let long = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try AtomicFile.write(long, to: path)
        var bytes: [UInt8] = []
        try StoredBytes(path).stream { bytes += $0 }
        #expect(bytes == long)
    }
}

@Suite struct AppendTests {
    @Test func bytesAreAddedToTheEnd() throws {
        let folder = try TemporaryFolder()
        let path = FilePath(folder.url.path).appending("summary")
        try append("one\n".utf8, to: path)
        try append("two\n".utf8, to: path)
        #expect(try FileSnapshot.text(path) == "one\ntwo\n")
        #expect(throws: OutputError(path.appending("x"), .system(.write, .notDirectory))) {
            try append("x".utf8, to: path.appending("x"))
        }
    }
}

/// A folder for output is hidden from git, unless it is the user's own.
@Suite struct OutputFolderTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    private func names(_ path: FilePath) throws -> [String] { try Folder.names(in: path).map(\.string) }

    @Test(arguments: [false, true]) func aNewOrEmptyFolderIsHidden(exists: Bool) throws {
        let path = root.appending("a").appending("b")
        if exists { try Folder.create(path) }
        try Folder.createForOutput(path)
        #expect(try FileSnapshot.text(path.appending(".gitignore")) == "*\n")
        #expect(try names(root.appending("a")) == ["b"])
    }

    @Test func aFolderThatHoldsSomethingIsLeftAsItIs() throws {
        try folder.write("mine", to: "b/notes")
        try Folder.createForOutput(root.appending("b"))
        #expect(try names(root.appending("b")) == ["notes"])
    }

    @Test func aFileInThePlaceOfTheFolderIsAnError() throws {
        try folder.write("mine", to: "b")
        #expect(throws: OutputError.self) { try Folder.createForOutput(root.appending("b")) }
    }
}
