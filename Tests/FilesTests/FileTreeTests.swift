import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite struct FileTreeTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.url.path) }

    init() throws { folder = try TemporaryFolder() }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appending(path: name).path, withDestinationPath: target)
    }

    /// A name that is not UTF-8: `bad`, then a byte that begins no character.
    private func writeBadName() throws {
        try Execution("sh", ["-c", "printf x > \"$1/bad$(printf '\\377')\"", "sh", folder.url.path]).check()
    }

    @Test func filesComeSortedAndWithTheirFolders() throws {
        for name in ["b", "a/z", "a/b/c", "A"] { try folder.write("x", to: name) }
        #expect(FileTree(below: root).files.map(\.string) == ["A", "a/b/c", "a/z", "b"].map { "\(root)/\($0)" })
    }

    /// find(1) is another reader of the same tree.
    @Test func theFilesAreThoseThatFindFinds() throws {
        for index in 0..<300 { try folder.write("x", to: "d\(index % 7)/e\(index % 3)/file-\(index)") }
        let found = try Execution("find", [root.string, "-type", "f"]).output.split(separator: "\n").map(String.init)
        #expect(FileTree(below: root).files.map(\.string) == found.sorted())
    }

    @Test func linksAreListedAndNotFollowed() throws {
        try folder.write("x", to: "sub/file")
        try link("sub/loop", to: "..")
        try link("broken", to: "absent")
        let tree = FileTree(below: root)
        #expect(tree.files.map(\.string) == ["\(root)/sub/file"])
        #expect(tree.links.map(\.string) == ["\(root)/broken", "\(root)/sub/loop"])
        #expect(tree.errors.isEmpty)
    }

    @Test func whatHasNoContentIsSkipped() throws {
        try Execution("mkfifo", [root.appending("fifo").string]).check()
        let tree = FileTree(below: root)
        #expect(tree.files.isEmpty && tree.links.isEmpty && tree.errors.isEmpty)
    }

    @Test func aNameThatIsNotUTF8IsAnError() throws {
        try folder.write("x", to: "good")
        try writeBadName()
        let tree = FileTree(below: root)
        #expect(tree.files == [root.appending("good")])
        #expect(tree.errors == [FileError(root.appending("bad\\xff"), .nameIsNotUTF8)])
    }

    @Test(.disabled(if: geteuid() == 0, "root may read every folder"))
    func aFolderThatMustNotBeReadIsAnError() throws {
        try folder.write("x", to: "shut/file")
        try folder.write("x", to: "open/file")
        #expect(chmod(root.appending("shut").string, 0) == 0)
        defer { chmod(root.appending("shut").string, 0o700) }
        let tree = FileTree(below: root)
        #expect(tree.files == [root.appending("open/file")])
        #expect(tree.errors == [FileError(root.appending("shut"), .system(.open, .permissionDenied))])
    }

    @Test func aMissingFolderIsAnError() {
        let absent = root.appending("absent")
        #expect(FileTree(below: absent).errors == [FileError(absent, .system(.open, .noSuchFileOrDirectory))])
    }

    @Test func aFileIsNotAFolder() throws {
        try folder.write("x", to: "file")
        let file = root.appending("file")
        #expect(throws: FileError(file, .system(.open, .notDirectory))) { _ = try FolderStream(file) }
    }

    @Test(arguments: [("\u{7f}ELF", true), ("\u{7f}EL", false), ("", false), ("#!/bin/sh", false)])
    func aFolderTellsHowItsFilesBegin(content: String, isELF: Bool) throws {
        try folder.write(content, to: "file")
        let stream = try FolderStream(root)
        var answers: [Bool] = []
        try stream.forEachEntry { entry in
            guard case .file(let name) = entry else { return }
            answers.append((try? stream.begins(name, with: [0x7f, 0x45, 0x4c, 0x46])) ?? !isELF)
        }
        #expect(answers == [isELF])
    }

    @Test func namesAreOfEveryKindAndSorted() throws {
        try folder.write("x", to: "b")
        try folder.write("x", to: "a/x")
        try link("c", to: "absent")
        try Execution("mkfifo", [root.appending("d").string]).check()
        #expect(try Folder.names(in: root).map(\.string) == ["a", "b", "c", "d"])
    }

    @Test func aTreeIsRemovedWithoutFollowingLinks() throws {
        try folder.write("kept", to: "outside/file")
        try folder.write("x", to: "tree/a/b/file")
        try link("tree/link", to: "../outside")
        try Execution("mkfifo", [root.appending("tree/fifo").string]).check()
        try Execution("sh", ["-c", "printf x > \"$1/tree/bad$(printf '\\377')\"", "sh", folder.url.path]).check()
        try Folder.removeTree(root.appending("tree"))
        #expect(try Folder.names(in: root).map(\.string) == ["outside"])
        #expect(root.appending("outside/file").isFile)
        try Folder.removeTree(root.appending("tree"))
    }

    /// cp -a is another copier; both copies must be alike to diff and find.
    @Test func aCopyHasContentsPermissionsAndLinks() throws {
        try folder.write("one", to: "tree/a/file")
        let program = try folder.write("#!/bin/sh\n", to: "tree/program")
        #expect(chmod(program.path, 0o751) == 0)
        let readOnly = try folder.write("r", to: "tree/readonly")
        #expect(chmod(readOnly.path, 0o444) == 0)
        try link("tree/link", to: "a/file")
        try link("tree/broken", to: "nowhere")
        try TreeCopy.make(of: root.appending("tree"), at: root.appending("ours"))
        try Execution("cp", ["-a", "tree", "theirs"], in: folder.url).check()
        func listing(_ name: String) throws -> String {
            let command = "cd \(name) && find . '(' -type f -o -type l ')' -printf '%p %y %m %s %l\\n' | sort"
            return try Execution("sh", ["-c", command], in: folder.url).output
        }
        #expect(try listing("ours").split(separator: "\n").count == 5)
        #expect(try listing("ours") == listing("theirs"))
        try Execution("diff", ["-r", "--no-dereference", "ours", "theirs"], in: folder.url).check()
    }

    @Test func aCopyLeavesOutWhatIsExcludedAndWhatHasNoContent() throws {
        for name in ["tree/kept/file", "tree/dist/app", "tree/kept/dist/app"] { try folder.write("x", to: name) }
        try Execution("mkfifo", [root.appending("tree/fifo").string]).check()
        try TreeCopy.make(
            of: root.appending("tree"), at: root.appending("copy"), excluding: [root.appending("tree/dist")])
        let copied = FileTree(below: root.appending("copy")).files.map(\.string)
        #expect(copied == ["kept/dist/app", "kept/file"].map { "\(root)/copy/\($0)" })
        #expect(!root.appending("copy/fifo").exists)
    }

    @Test(arguments: [("go.mod", "a/b", "a"), ("go.mod", "a", "a"), ("top", "a/b", "")])
    func theNearestFolderIsFoundUpwards(name: String, start: String, found: String) throws {
        for file in ["a/go.mod", "a/b/x", "top"] { try folder.write("", to: file) }
        #expect(FolderSearch.nearest(name, from: root.pushing(FilePath(start))) == root.pushing(FilePath(found)))
    }

    @Test func whatIsNowhereIsNotFound() {
        #expect(FolderSearch.nearest("a-name-that-no-folder-has", from: root) == nil)
    }
}
