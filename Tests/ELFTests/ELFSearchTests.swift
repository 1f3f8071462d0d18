import ELF
import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite struct ELFSearchTests {
    private let folder: TemporaryFolder

    /// A tree with two ELF files, by their first bytes, and what else a tree can hold.
    init() throws {
        folder = try TemporaryFolder()
        try folder.write("\u{7f}ELF, and no more", to: "program")
        try folder.write("\u{7f}ELF", to: "deep/er/library")
        try folder.write("\u{7f}EL", to: "short")
        try folder.write("", to: "empty")
        try folder.write("text", to: "text.txt")
        #expect(try Execution("mkfifo", [path("fifo").string]).status == 0)
        for (link, target) in [("loop", "."), ("link", "program"), ("dangling", "nowhere"), ("other", "text.txt")] {
            try FileManager.default.createSymbolicLink(atPath: path(link).string, withDestinationPath: target)
        }
    }

    private func path(_ name: String) -> FilePath { FilePath(folder.url.path).appending(name) }

    @Test(arguments: [1, 2, 7]) func findsELFFilesAndPassesOverTheRest(width: Int) async throws {
        let search = try await ELFSearch(below: FilePath(folder.url.path), width: width) { _ in }
        #expect(search.files == ["deep/er/library", "link", "program"].map(path))
        #expect(search.errors.isEmpty)
        #expect(search.folderLinks == [path("loop")])
        #expect(Set(search.links) == Set(["dangling", "link", "loop", "other"].map(path)))
        #expect(search.fileCount == 7)
    }

    @Test func onlyAnELFFileMustHaveANameInUTF8() async throws {
        let script = "printf text >$'\\xff'; printf '\\177ELF' >$'\\xfe'"
        #expect(try Execution("bash", ["-c", script], in: folder.url).status == 0)
        let search = try await ELFSearch(below: FilePath(folder.url.path), width: 1) { _ in }
        #expect(search.errors.map(\.path) == [path("\\xfe")])
    }

    @Test func whatCannotBeLookedIntoIsSaid() async throws {
        let search = try await ELFSearch(below: path("absent"), width: 1) { _ in }
        #expect(search.errors.map(\.description) == ["\(path("absent")): cannot open: No such file or directory"])
    }
}
