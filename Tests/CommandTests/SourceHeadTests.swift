import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import GoToolchain

/// Go's own scanner says where the first token after the imports of its files begins.
struct SourceHeadTests {
    private let program = """
        package main

        import (
            "fmt"
            "go/parser"
            "go/scanner"
            "go/token"
            "io/fs"
            "os"
            "path/filepath"
        )

        // The offset of the first token at or after an offset, other than a semicolon.
        func next(path string, offset int) int {
            text, _ := os.ReadFile(path)
            file := token.NewFileSet().AddFile(path, -1, len(text))
            var scanner scanner.Scanner
            scanner.Init(file, text, nil, 0)
            for {
                position, kind, _ := scanner.Scan()
                if kind == token.EOF {
                    return len(text)
                }
                if place := file.Offset(position); place >= offset && kind != token.SEMICOLON {
                    return place
                }
            }
        }

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
                size := next(path, files.PositionFor(end, false).Offset)
                for _, spec := range file.Imports {
                    if spec.Path.Value == "\\"embed\\"" {
                        size = -1
                    }
                }
                fmt.Println(size, file.Name.Name, path)
                return nil
            })
        }

        """

    @Test func theHeadsOfTheStandardLibraryEndWhereGoSays() throws {
        let module = try GoModule(["main.go": program])
        let root = try Execution("sh", ["-c", "cd \"$(go env GOROOT)/src\" && pwd -P"]).output.split(separator: "\n")[0]
        let lines = try Execution("go", ["run", ".", String(root)], in: module.folder.url).output.split(separator: "\n")
        #expect(lines.count > 5_000)
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            let head = try #require(SourceHead(try FileSnapshot(FilePath(words[2])).bytes))
            #expect(head.package == words[1], "\(words[2])")
            #expect(head.size ?? -1 == Int(words[0]), "\(words[2])")
        }
    }
}
