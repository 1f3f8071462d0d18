import Foundation
import TestSupport
import Testing

/// The commands that README and docs show: each command and each option must be there.
@Suite struct DocumentedCommandTests {
    private struct Dump: Decodable {
        let command: Command

        struct Command: Decodable {
            let commandName: String
            let arguments: [Argument]?
            let subcommands: [Command]?

            var options: Set<String> {
                Set((arguments ?? []).flatMap { $0.names ?? [] }.map { ($0.kind == "long" ? "--" : "-") + $0.name })
            }
        }

        struct Argument: Decodable { let names: [Name]? }
        struct Name: Decodable {
            let kind: String
            let name: String
        }
    }

    private static var pages: [String] {
        let docs = Checkout.root.appending(path: "docs")
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: docs.path)) ?? []
        return ["README.md", "action.yml", ".pre-commit-hooks.yaml"]
            + names.sorted().filter { name in
                [".md", ".yml", ".yaml", ".sh"].contains { name.hasSuffix($0) }
            }.map { "docs/\($0)" }
    }

    /// The words of each command in a page's code, up to what a shell or go takes.
    private func commands(in page: String) throws -> [[String]] {
        let text = try String(contentsOf: Checkout.root.appending(path: page), encoding: .utf8)
        let joined = text.replacingOccurrences(of: #"\\\n\s*"#, with: " ", options: .regularExpression)
        let pattern =
            #"(?:^|[\s`$&|;"(])(?:staticcheck|scratchcheck) ((?:check|verify|gate|inspect|image|dockerfile|matrix|merge|init|keygen|explain|--|\.)[^`\n&|;)#>"]*)"#
        let expression = try NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines])
        return expression.matches(in: joined, range: NSRange(joined.startIndex..., in: joined)).compactMap { match in
            Range(match.range(at: 1), in: joined).map { range in
                // What is quoted is the value of an option.
                joined[range].replacingOccurrences(of: "'[^']*'", with: "value", options: .regularExpression)
                    .split(separator: " ").map(String.init)
            }
        }
    }

    @Test func everyCommandAndOptionIsThere() throws {
        let dump = try Execution(Checkout.program, ["--experimental-dump-help"]).output
        let all = try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command
        let options = Dictionary(
            uniqueKeysWithValues: (all.subcommands ?? []).map { ($0.commandName, $0.options) })
        var count = 0
        for page in Self.pages {
            for words in try commands(in: page) {
                let isNamed = options[words[0]] != nil
                let own = options[isNamed ? words[0] : "check"] ?? []
                let common: Set = ["--help", "-h", "--version", "--generate-completion-script"]
                for word in words.dropFirst(isNamed ? 1 : 0).prefix(while: { $0 != "--" && $0 != "…" })
                where word.hasPrefix("-") {
                    let name = String(word.prefix { $0 != "=" && $0 != "," && $0 != "'" })
                    #expect(own.union(common).contains(name), "\(page): staticcheck \(words.joined(separator: " "))")
                    count += 1
                }
            }
        }
        #expect(count > 50)
    }
}
