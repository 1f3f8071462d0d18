import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import GoToolchain

/// Where the sources of a program lie, according to https://go.dev/ref/mod#workspaces and #go-mod-file-replace.
struct SourceRootTests {
    private let folder: TemporaryFolder
    private var top: FilePath { FilePath(folder.url.path) }

    init() throws {
        folder = try TemporaryFolder()
        for name in ["svc", "lib"] { try folder.write("module example.com/\(name)\n", to: "\(name)/go.mod") }
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "svc/cmd/app"), withIntermediateDirectories: true)
    }

    private func root(goWork: String? = nil) throws -> SourceRoot {
        try #require(SourceRoot(of: top.appending("svc/cmd/app"), goWork: goWork))
    }

    @Test func aModuleAloneIsItsOwnRoot() throws {
        let root = try root()
        #expect(root.folder == top.appending("svc") && root.module == root.folder && root.otherModules.isEmpty)
    }

    @Test(arguments: [
        "use ./svc\nuse ./lib\n", "use (\n\t./svc // the service\n\t\"./lib\"\n)\n", "use (\r\n ./svc\r\n ./lib\r\n)",
    ])
    func aWorkspaceIsTheRootOfItsModules(text: String) throws {
        try folder.write("go 1.19\n" + text, to: "go.work")
        let root = try root()
        #expect(root.folder == top && root.module == top.appending("svc"))
        #expect(root.otherModules == [top.appending("lib")] && root.outside.isEmpty)
        #expect(try self.root(goWork: "off").folder == top.appending("svc"))
    }

    @Test func whatReplacesAModuleMayLieOutside() throws {
        try folder.write(
            "module example.com/svc\n\nreplace (\n\ta => ../lib\n\tb v1.0.0 => ./in\n\tc => d v1.0.0\n)\n",
            to: "svc/go.mod")
        let root = try root()
        #expect(root.otherModules == [top.appending("lib"), top.appending("svc/in")])
        #expect(root.outside == [top.appending("lib")])
    }

    @Test func modulesOfTheWorkspaceAreReadToo() throws {
        try folder.write("use ./svc\nuse ./lib\n", to: "go.work")
        try folder.write("module example.com/lib\nreplace a => ../../elsewhere\n", to: "lib/go.mod")
        #expect(try root().outside == [top.removingLastComponent().appending("elsewhere")])
    }
}
