import Foundation
import TestSupport
import Testing

/// The project has two names and one version, and owns no account and no domain. `Sources/Verification/Identity.swift` has the
/// names, and no other file may know others.
@Suite struct IdentityTests {
    private struct Line {
        let file: String
        let number: Int
        let text: Substring

        var place: Comment { "\(file):\(number): \(text.trimmingCharacters(in: .whitespaces))" }
    }

    /// The lines of every text file of the repository.
    private static let lines: [Line] = {
        let names = try? Execution(
            "git", ["ls-files", "--cached", "--others", "--exclude-standard"], in: Checkout.root)
        return (names?.output ?? "").split(separator: "\n").map(String.init).flatMap { name in
            let text = try? String(contentsOf: Checkout.root.appending(path: name), encoding: .utf8)
            return (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
                index, line in
                Line(file: name, number: index + 1, text: line)
            }
        }
    }()

    private static func identity(_ name: String) throws -> String {
        let result = try Execution(Checkout.root.appending(path: "Scripts/identity").path, [name])
        #expect(result.status == 0, "\(result.errors)")
        return String(result.output.dropLast())
    }

    private static func lines(of file: String) -> [Line] { lines.filter { $0.file == file } }

    @Test func theRepositoryIsRead() {
        #expect(Self.lines.count > 30_000)
        #expect(!Self.lines(of: "action.yml").isEmpty)
    }

    @Test func theProgramHasTheNamesOfTheFile() throws {
        #expect(try Execution(Checkout.program, ["--version"]).output == Self.identity("version") + "\n")
        #expect(try Self.identity("command") == "staticcheck")
        #expect(try Self.identity("name") == "scratchcheck")
        let unknown = try Execution(Checkout.root.appending(path: "Scripts/identity").path, ["title"])
        #expect(unknown.status == 1)
        #expect(unknown.errors == "identity: unknown name 'title'\n")
    }

    /// The changelog tells of the former name, and two messages and their tests say how to rename.
    @Test func nothingHasTheFormerName() {
        let former = ["scratch" + "ready", "SCRATCH" + "READY"]
        let telling: Set = ["CHANGELOG.md", "Sources/Workflows/Setup/FormerName.swift"]
        for line in Self.lines where !telling.contains(line.file) && former.contains(where: line.text.contains) {
            #expect(line.file.hasPrefix("Tests/"), line.place)
        }
    }

    /// An identifier with a fragment is one of this project (RFC 8141, 2.3.3). Those without are serial numbers of documents.
    @Test func everyIdentifierIsInTheNamespace() throws {
        let namespace = try Self.identity("namespace")
        var count = 0
        for line in Self.lines {
            for match in line.text.matches(of: #/urn:uuid:[0-9a-f-]{36}/#) {
                #expect(match.output == namespace, line.place)
                count += 1
            }
        }
        #expect(count > 20)
    }

    /// What is behind a registry's name is a variable or a placeholder that no account can have. Tests ask no registry.
    @Test func noAccountOfARegistryIsNamed() {
        let registry = #/\b(?:ghcr\.io|docker\.io|quay\.io|registry\.gitlab\.com)\/([^\s"'`)]*)/#
        for line in Self.lines where !line.file.hasPrefix("Tests/") {
            for match in line.text.matches(of: registry) {
                #expect(["$", "<"].contains { match.output.1.hasPrefix($0) }, line.place)
            }
        }
    }

    /// `<owner>` is not a valid name on any forge, so nobody can take it.
    @Test func noAccountOfAForgeIsNamed() {
        let repository = #/([\w.<>-]+)\/staticcheck(?:@v|\/releases|\.git\b)/#
        for line in Self.lines {
            for match in line.text.matches(of: repository) { #expect(match.output.1 == "<owner>", line.place) }
        }
    }

    /// What names a release of this project: the action's default, `uses:` and `rev:` lines, and the recipes.
    @Test func everyVersionIsThatOfTheProgram() throws {
        let version = try Self.identity("version")
        let patterns = [
            #/\/staticcheck@v?([0-9][0-9a-z.-]*)/#, #/\/staticcheck:([0-9]+\.[0-9]+\.[0-9]+)/#,
            #/SCRATCHCHECK_VERSION[=:] ?"?([0-9][0-9.]*)/#, #/^ *rev: v([0-9.]+) # scratchcheck/#,
            #/^    default: ([0-9]+\.[0-9]+\.[0-9]+)$/#,
        ]
        var files: Set<String> = []
        for line in Self.lines where !line.file.hasPrefix("Tests/") {
            for match in patterns.flatMap({ line.text.matches(of: $0) }) {
                #expect(match.output.1 == version, line.place)
                files.insert(line.file)
            }
        }
        #expect(files.isSuperset(of: ["action.yml", "docs/ci/README.md"]))
    }
}
