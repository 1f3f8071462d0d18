import GoBinary
import SystemPackage
import Testing

@testable import GoToolchain

/// https://go.dev/ref/mod#go-mod-file-lexical and https://go.dev/ref/mod#go-mod-file-replace.
struct ModuleFileLineTests {
    @Test(arguments: ["\n", "\r\n"]) func linesMayEndAsOnWindows(end: String) {
        let text = ["module \"example.com/m\" // the module", "", "go 1.21.3", "require a v1.0.0", "// go 1.2"]
        let lines = ModuleFileLine.all(in: text.joined(separator: end))
        #expect(lines.map(\.words) == [["module", "example.com/m"], ["go", "1.21.3"], ["require", "a", "v1.0.0"]])
        #expect(RequiredGo(text.joined(separator: end), file: "/m/go.mod").version?.description == "go1.21.3")
        #expect(RequiredModule.all(in: text.joined(separator: end)).map(\.path) == ["a"])
    }

    @Test(arguments: [
        ("replace a => ../a", true), ("replace a v1.0.0 => ./a", true), ("a => \"/a b\"", true), ("a => `./b`", true),
        ("replace a => b v1.0.0", false), ("replace a =>", false), ("require a v1.0.0 // => ../a", false),
    ])
    func aPathThatIsAFolderBeginsAsOne(line: String, isFolder: Bool) throws {
        #expect((try #require(ModuleFileLine.all(in: line).first).replacingFolder != nil) == isFolder)
    }
}
