import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import GoToolchain

/// Go's own parser says where the imports of its files end.
struct SourceHeadTests {
    private let parser = """
        package main

        import (
            "fmt"
            "go/parser"
            "go/token"
            "io/fs"
            "path/filepath"
            "os"
        )

        func main() {
            filepath.WalkDir(os.Args[1], func(path string, _ fs.DirEntry, _ error) error {
                files := token.NewFileSet()
                file, err := parser.ParseFile(files, path, nil, parser.ImportsOnly)
                if filepath.Ext(path) != ".go" || err != nil {
                    return nil
                }
                end := file.Name.End()
                for _, declaration := range file.Decls {
                    end = declaration.End()
                }
                fmt.Println(files.PositionFor(end, false).Offset, file.Name.Name, path)
                return nil
            })
        }

        """

    @Test func theHeadsOfTheStandardLibraryEndWhereGoSays() throws {
        let module = try GoModule(["main.go": parser])
        let root = try Execution("sh", ["-c", "cd \"$(go env GOROOT)/src\" && pwd -P"]).output.split(separator: "\n")[0]
        let lines = try Execution("go", ["run", ".", String(root)], in: module.folder.url).output.split(separator: "\n")
        #expect(lines.count > 5_000)
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            let head = try #require(SourceHead(try FileSnapshot(FilePath(words[2])).bytes))
            #expect(head.package == words[1], "\(words[2])")
            // A string with escapes is not read.
            #expect(head.size == Int(words[0]) || head.size == nil, "\(words[2])")
        }
    }
}
