import Foundation
import TestSupport
import Testing

/// README, CONTRIBUTING and the docs name files and modules: each one exists, and the table of modules is the one that lint
/// checks.
@Suite struct DocumentedFileTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Checkout.root.appending(path: path), encoding: .utf8)
    }

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: Checkout.root.appending(path: path).path)
    }

    private static let pages: [String] = {
        let docs = try? FileManager.default.contentsOfDirectory(atPath: Checkout.root.appending(path: "docs").path)
        return ["README.md", "CONTRIBUTING.md", "SECURITY.md", "Benchmarks/README.md", "docs/ci/README.md"]
            + (docs ?? []).sorted().filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }
    }()

    /// Code spans such as `Sources/ELF/ELFImage.swift`, except in lines about a file that is still to be written.
    @Test(arguments: pages) func eachPathExists(page: String) throws {
        let path = #/`((?:Sources|Tests|TestBinaries|Scripts|Benchmarks|Examples|docs)/[A-Za-z0-9_/.+-]+)`/#
        for line in try Self.text(page).split(separator: "\n") where !line.contains("(new)") {
            for match in line.matches(of: path) {
                #expect(Self.exists(String(match.output.1)), "\(page) names \(match.output.1)")
            }
        }
    }

    @Test(arguments: pages) func eachLinkToAFileWorks(page: String) throws {
        let folder = page.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        for match in try Self.text(page).matches(of: #/\]\(([^)#:]+)(?:#[^)]*)?\)/#) {
            #expect(Self.exists(folder + match.output.1), "\(page) links to \(match.output.1)")
        }
    }

    /// The rows of docs/architecture.md against `Scripts/check-imports`, without packages and system libraries.
    @Test func theTableOfModulesIsTheOneThatLintChecks() throws {
        let sources = Checkout.root.appending(path: "Sources").path
        let modules = Set(try FileManager.default.contentsOfDirectory(atPath: sources))
        var checked: [String: Set<String>] = [:]
        for match in try Self.text("Scripts/check-imports").matches(of: #/\[(\w+)\]="([^"]*)"/#) {
            checked[String(match.output.1)] = Set(match.output.2.split(separator: " ").map(String.init))
                .intersection(modules)
        }
        var shown: [String: Set<String>] = [:]
        for line in try Self.text("docs/architecture.md").split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let name = cells[0].trimmingCharacters(in: ["`"])
            shown[name] = Set(cells[2].split(separator: ", ").map(String.init))
        }
        #expect(shown.count > 15)
        for name in Set(checked.keys).union(shown.keys).sorted() {
            #expect(shown[name] == checked[name], "\(name)")
        }
    }
}
