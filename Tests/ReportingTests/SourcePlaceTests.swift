import Testing

@testable import Reporting

/// What go prints about a source: `path:line:column: text`, with the path from the folder that go runs in.
@Suite struct SourcePlaceTests {
    @Test(
        arguments: [
            (
                "go build failed\n# example.com/app\ncmd/app/main.go:4:2: undefined: x\nb.go:1:1: y", "cmd/app/main.go",
                4, 2
            ),
            ("./main.go:12: syntax error", "./main.go", 12, nil),
            ("go: errors parsing go.mod:\ngo.mod:3: unknown directive: x", "go.mod", 3, nil),
        ] as [(String, String, Int, Int?)])
    func theFirstPlaceCounts(message: String, path: String, line: Int, column: Int?) throws {
        let place = try #require(SourcePlace(in: message))
        #expect(place.path == path && place.line == line && place.column == column)
    }

    @Test(arguments: [
        "", "no room", "main.go: no room", "main.go:x:1: y", "a:1:2: y", "main.go:0:1: y", "see main.go:1",
        "../b/b.go:7:1: y", "/home/me/b.go:7:1: y",
    ])
    func otherMessagesNameNone(message: String) {
        #expect(SourcePlace(in: message) == nil)
    }

    @Test func problemsAreShownWhereTheyAre() throws {
        let report = try Sample.report(
            [],
            problems: ["{\"platform\":\"linux/386\",\"message\":\"go build failed\\ncmd/a,b.go:4:2: undefined: x\"}"])
        #expect(GitHubReporter.render(report).hasPrefix("::error file=cmd/a%2Cb.go,line=4,col=2,title=linux/386::"))
        let gitlab = try GitLabReporter.render(report)
        #expect(gitlab.contains("\"path\" : \"cmd/a,b.go\"") && gitlab.contains("\"begin\" : 4"), "\(gitlab)")
        let sarif = try SARIFReporter.render(report)
        #expect(sarif.contains("\"startLine\" : 4") && sarif.contains("\"uri\" : \"cmd/a,b.go\""), "\(sarif)")
    }
}
