import Testing

@testable import GoToolchain

/// The head of a Go file, as the Go specification ("Source file organization") and `go help buildconstraint` have it.
struct SourceHeadTests {
    @Test(
        arguments: [
            ("package main\n", "main", false), ("\u{feff}// c\n\n/* package x\n*/ package lib // y", "lib", false),
            ("//go:build ignore\n\npackage main", "main", true), ("// +build linux\n\npackage main", "main", true),
            ("// says //go:build x\npackage a_b", "a_b", false), ("//go:buildx\r\npackage main\r\n", "main", false),
            ("package\tmain\n//go:build x\n", "main", false), ("//go:build\tx\npackage main", "main", true),
            ("//\t+build\tx\n\npackage main", "main", true),
        ])
    func theHeadOfAFileSaysItsPackage(text: String, package: String, isConstrained: Bool) {
        let head = SourceHead(Array(text.utf8))
        #expect(head?.package == package && head?.isConstrained == isConstrained)
    }

    @Test(arguments: ["", "// only a comment", "/* package main", "packagemain", "package \"x\"", "import \"C\""])
    func whatDoesNotBeginAsAGoFileHasNoHead(text: String) { #expect(SourceHead(Array(text.utf8)) == nil) }

    @Test(arguments: [
        ("main.go", true), ("main_windows.go", true), ("main_test.go", false), ("_x.go", false), (".x.go", false),
        ("main.c", false), ("go", false),
    ])
    func filesThatGoPassesOverAreNoSources(name: String, isSource: Bool) {
        #expect(SourceHead.isSource(name: name) == isSource)
    }

    /// The sign § stands where the head ends: go's parser reads to the first token after the imports.
    @Test(arguments: [
        "package a§", "package a\n§", "package a; §var x int", "package a; import \"b\"; §func f() {}",
        "package a // c\n§",
        "package a\n\nimport \"b\"\nimport c \"d\"\n\n§imported()", "package a;import`b`§",
        "package a\nimport(\"b\";. \"c\")§", "package a\nimport ()\n§func",
        "package a\nimport (\n\t_ \"b\" // )\n\t/* ) */ π \"c\"\n)\n\n// d\n§type T struct{}",
        "package a\n// #include <x.h>\nimport \"C\"\n§", "package a\n§}{",
    ])
    func theHeadEndsBeforeTheNextToken(marked: String) throws {
        let parts = marked.split(separator: "§", omittingEmptySubsequences: false)
        #expect(SourceHead(Array(parts.joined().utf8))?.size == parts[0].utf8.count)
    }

    @Test(arguments: [
        "package a\nimport", "package a\nimport (", "package a\nimport \"b", "package a\nimport (\"b\" /*",
        "package a\n/*",
        "package a\nimport b", "package a\nimport \"b\n\"", "package a\nimport \"\\x62\"", "package a\n/ 2",
        "package a\nimport (1)",
    ])
    func afterMalformedImportsAllCounts(text: String) throws {
        let head = try #require(SourceHead(Array(text.utf8)))
        #expect(head.size == nil)
    }

    @Test(arguments: ["import \"embed\"", "import _ \"embed\"", "import (\n\t\"fmt\"\n\te `embed`\n)"])
    func aFileThatEmbedsIsReadToItsEnd(imports: String) throws {
        #expect(try #require(SourceHead(Array("package a\n\(imports)\n".utf8))).size == nil)
    }
}
