import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite struct OpenFileTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    private func fault(_ path: FilePath, followsLinks: Bool = true, maximumSize: Int = 100) -> FileError.Fault? {
        do {
            _ = try OpenFile(path, followsLinks: followsLinks, maximumSize: maximumSize)
            return nil
        } catch {
            #expect(error.path == path)
            return error.fault
        }
    }

    /// Opening a FIFO without O_NONBLOCK would wait for a writer for ever.
    @Test func aFIFOIsRefusedAtOnce() throws {
        try Execution("mkfifo", [root.appending("fifo").string]).check()
        #expect(fault(root.appending("fifo")) == .notRegular)
    }

    @Test func aFolderIsRefused() { #expect(fault(root) == .notRegular) }

    @Test(arguments: ["/dev/null", "/dev/zero"]) func aDeviceIsRefused(path: String) {
        #expect(fault(FilePath(path)) == .notRegular)
    }

    @Test func aMissingFileIsMissing() {
        #expect(fault(root.appending("absent")) == .system(.open, .noSuchFileOrDirectory))
        #expect(FileError(root, .system(.open, .noSuchFileOrDirectory)).isMissing)
        #expect(!FileError(root, .system(.open, .permissionDenied)).isMissing)
    }

    @Test func aLinkIsFollowedUnlessItMustNotBe() throws {
        try folder.write("x", to: "file")
        let link = folder.url.appending(path: "link")
        try FileManager.default.createSymbolicLink(
            at: link, withDestinationURL: folder.url.appending(path: "file"))
        #expect(fault(FilePath(link.path)) == nil)
        // open(2): ELOOP if O_NOFOLLOW is given and the path is a symbolic link.
        #expect(fault(FilePath(link.path), followsLinks: false) == .system(.open, .tooManySymbolicLinkLevels))
    }

    @Test(arguments: [(99, true), (100, true), (101, false)]) func aLimitIsTheLargestSize(size: Int, fits: Bool) throws
    {
        try folder.write(String(repeating: "x", count: size), to: "file")
        #expect(fault(root.appending("file")) == (fits ? nil : .tooLarge(limit: 100)))
    }

    @Test func sizeAndPermissionsAreThoseOfTheFile() throws {
        let file = try folder.write("four", to: "file")
        #expect(chmod(file.path, 0o4751) == 0)
        let open = try OpenFile(FilePath(file.path))
        #expect(open.size == 4)
        #expect(open.permissions == 0o4751)
        #expect(try FileSnapshot(open).permissions == 0o4751)
    }

    @Test(arguments: [("file", 0..<4, "0123"), ("file", 3..<7, "3456"), ("file", 10..<10, "")])
    func aRangeHasItsBytes(name: String, range: Range<Int>, text: String) throws {
        try folder.write("0123456789", to: name)
        #expect(try OpenFile(root.appending(name)).bytes(in: range) == Array(text.utf8))
    }

    @Test func aRangeBeyondTheEndIsAChangedFile() throws {
        try folder.write("0123", to: "file")
        let file = try OpenFile(root.appending("file"))
        #expect(throws: FileError(root.appending("file"), .changed)) { try file.bytes(in: 2..<6) }
    }

    /// Every piece repeats the end of the one before it, so that a text that lies across two pieces is in one of them.
    @Test(arguments: [
        (4, 0, ["0123", "4567", "89"]), (4, 1, ["0123", "3456", "6789"]), (4, 3, ["0123", "1234", "2345"]),
        (100, 0, ["0123456789"]), (10, 5, ["0123456789"]),
    ])
    func piecesOverlap(count: Int, overlap: Int, first: [String]) throws {
        try folder.write("0123456789", to: "file")
        let file = try OpenFile(root.appending("file"))
        var pieces: [String] = []
        try file.forEachPiece(of: count, in: 0..<file.size, overlap: overlap) { offset, bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            #expect("0123456789".dropFirst(offset).hasPrefix(text))
            pieces.append(text)
            return true
        }
        #expect(Array(pieces.prefix(first.count)) == first)
        #expect(pieces.last?.hasSuffix("9") == true)
    }

    @Test func noPieceIsReadAfterTheBodyHasSaidSo() throws {
        try folder.write("0123456789", to: "file")
        let file = try OpenFile(root.appending("file"))
        var count = 0
        try file.forEachPiece(of: 2, in: 0..<10, overlap: 0) { _, _ in
            count += 1
            return count < 3
        }
        #expect(count == 3)
    }

    @Test func anEmptyFileHasNoPieces() throws {
        try folder.write("", to: "file")
        let file = try OpenFile(root.appending("file"))
        try file.forEachPiece { _ in Issue.record("no bytes to give") }
        #expect(try FileSnapshot(file).bytes.isEmpty)
    }

    /// The modification time can be set back, the time of the status change cannot.
    @Test func aChangeIsNoticedAlthoughSizeAndTimeAreSetBack() throws {
        let file = try folder.write("before", to: "file")
        let open = try OpenFile(FilePath(file.path))
        let time = try #require(
            try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date)
        try Data("behind".utf8).write(to: file)
        try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: file.path)
        #expect(throws: FileError(FilePath(file.path), .changed)) { try open.checkUnchanged() }
    }

    @Test func anUntouchedFileIsUnchanged() throws {
        let file = try folder.write("same", to: "file")
        try OpenFile(FilePath(file.path)).checkUnchanged()
    }

    @Test func textMustBeUTF8() throws {
        let file = try folder.write("", to: "file")
        try Data([0x66, 0xff, 0x66]).write(to: file)
        #expect(throws: FileError(FilePath(file.path), .contentIsNotUTF8)) {
            try FileSnapshot.text(FilePath(file.path))
        }
        try Data("für".utf8).write(to: file)
        #expect(try FileSnapshot.text(FilePath(file.path)) == "für")
        #expect(throws: FileError(FilePath(file.path), .tooLarge(limit: 3))) {
            try FileSnapshot.text(FilePath(file.path), maximumSize: 3)
        }
    }

    /// The kernel gives the files of /proc the size 0.
    @Test func aFileOfTheKernelIsReadToItsEnd() throws {
        let version = try Execution("cat", ["/proc/version"]).output
        #expect(KernelFile.text("/proc/version") == version)
        #expect(try FileSnapshot("/proc/version").bytes.isEmpty)
        #expect(KernelFile.text("/proc/version", limit: 5) == "Linux")
        #expect(KernelFile.text("/proc/absent") == nil)
    }
}

@Suite struct FileErrorTests {
    @Test(
        arguments: [
            (.system(.open, .permissionDenied), "/a: cannot open: Permission denied"),
            (.system(.read, .ioError), "/a: cannot read: Input/output error"),
            (.notRegular, "/a: is not a regular file"), (.notFolder, "/a: is not a folder"),
            (.tooLarge(limit: 1), "/a: is larger than 1 bytes"),
            (.tooLarge(limit: 3 << 10), "/a: is larger than 3 KiB"),
            (.tooLarge(limit: 3 << 20), "/a: is larger than 3 MiB"),
            (.tooLarge(limit: 2 << 30), "/a: is larger than 2 GiB"),
            (.tooLarge(limit: (1 << 20) + 1), "/a: is larger than 1048577 bytes"),
            (.contentIsNotUTF8, "/a: is not UTF-8 text"),
        ] as [(FileError.Fault, String)])
    func theTextNamesThePathAndTheReason(fault: FileError.Fault, text: String) {
        #expect("\(FileError("/a", fault))" == text)
    }

    @Test(
        arguments: [
            (.system(.write, .permissionDenied), "/a: cannot write: Permission denied"),
            (
                .system(.write, .noSpace), "/a: cannot write: No space left on device; free some space and run again"
            ),
            (.system(.createFolder, .notDirectory), "/a: cannot create the folder: Not a directory"),
            (.exists(overwriteWith: "--force"), "/a already exists; pass --force to overwrite it"),
        ] as [(OutputError.Fault, String)])
    func theTextOfOutputSaysWhatToDo(fault: OutputError.Fault, text: String) {
        #expect("\(OutputError("/a", fault))" == text)
    }

    @Test func aFullDiskOfTemporaryFilesCanBeAvoided() {
        let error = OutputError(TemporaryPlace.base.appending("x"), .system(.write, .noSpace))
        #expect("\(error)".contains("set TMPDIR to a folder on another disk"))
    }

    /// access(2) permits everything to root, so that no folder without permission is tried.
    @Test func aPlaceThatCannotBeWrittenIsKnownBefore() throws {
        let folder = try TemporaryFolder()
        let root = FilePath(folder.url.path)
        try folder.write("", to: "file")
        for free in ["new", "a/b/new", "file"] { try OutputPlace.check(root.appending(free)) }
        try OutputPlace.check("/dev/null")
        #expect(throws: OutputError(root.appending("file"), .system(.createFolder, .notDirectory))) {
            try OutputPlace.check(root.appending("file/x/y"))
        }
        #expect(throws: OutputError(root, .system(.write, .isDirectory))) { try OutputPlace.check(root) }
        #expect(try Folder.names(in: root).map(\.string) == ["file"])
    }
}
