import ELF
import Foundation
import GoBinary
import TestSupport
import Testing
import Verification

/// What is read of an open file is enough for the word on the whole of it.
@Suite struct OpenSubjectTests {
    private static let samples = Checkout.root.appending(path: "TestBinaries/out").path

    /// Programs and libraries that others made.
    private static let foreign = ["/usr/bin", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"].flatMap {
        folder in
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().prefix(150).map {
            "\(folder)/\($0)"
        }
    }

    private func agree(on path: String) throws {
        let whole = try FileSnapshot(path)
        let read = Subject(whole.bytes, expected: nil, permissions: whole.permissions)
        let open = try Subject(reading: OpenFile(path), expected: nil)
        #expect(Policy.standard.judge(open).findings == Policy.standard.judge(read).findings, "\(path)")
        #expect(open.platform == read.platform, "\(path)")
        #expect(open.buildInfo == read.buildInfo, "\(path)")
        #expect(open.functions == read.functions, "\(path)")
    }

    @Test func onTheSamples() throws {
        let files = FileTree(below: Self.samples).files
        #expect(files.count > 100)
        for path in files { try agree(on: path) }
    }

    @Test func onFilesOfTheSystem() throws {
        let files = Self.foreign.filter(FileTree.isFile)
        #expect(files.count > 100)
        for path in files { try agree(on: path) }
    }

    /// The section header points into the file's text; the runtime's own reference does not.
    @Test(arguments: ["go-linux-amd64", "go-net-cgo", "go-cgo-static"]) func aSectionThatLiesAboutTheLineTable(
        sample: String
    ) throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "program").path
        let original = Checkout.sample(sample)
        let arguments = [
            "--rename-section", ".gopclntab=.other", "--rename-section", ".rodata=.gopclntab", original, path,
        ]
        #expect(try Execution("objcopy", arguments).status == 0)
        try agree(on: path)
    }

    @Test func aFileThatShrinksMeanwhileIsAnError() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "program").path
        try FileManager.default.copyItem(atPath: Checkout.sample("c-static"), toPath: path)
        let file = try OpenFile(path)
        #expect(truncate(path, 5000) == 0)
        #expect(throws: FileError.self) { try Subject(reading: file, expected: nil) }
    }
}
