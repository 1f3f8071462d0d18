import Foundation
import TestSupport
import Testing

/// docs/session.svg, the picture of a terminal in README: it shows what the program prints today. `Scripts/record-session` makes it.
@Suite struct SessionPictureTests {
    private static let commands = ["./cmd/app", "image ./cmd/app -q -t example.com/app:1.0"]

    /// The words of a text without numbers and digests, which differ from run to run.
    private func words(_ text: String) -> Set<String> {
        let plain = text.replacingOccurrences(of: "[0-9a-f]{12,}", with: " ", options: .regularExpression)
        return Set(
            plain.split { $0.isWhitespace }.map { $0.trimmingCharacters(in: .punctuationCharacters) }
                .filter { $0.contains { $0.isLetter } }
                .map { $0.replacingOccurrences(of: "[0-9.]+", with: "0", options: .regularExpression) })
    }

    @Test func itShowsWhatTheProgramPrints() throws {
        let folder = try TemporaryFolder()
        let sample = Checkout.root.appending(path: "TestBinaries/webservice")
        for (name, place) in [("go.mod", "go.mod"), ("main.go", "cmd/app/main.go")] {
            try folder.write(String(contentsOf: sample.appending(path: name), encoding: .utf8), to: place)
        }
        let picture = Checkout.root.appending(path: "docs/session.svg").path
        let shown = words(try Python.run(Self.textOfPicture, [picture]))
        for command in Self.commands {
            let result = try Execution(
                Checkout.program, command.split(separator: " ").map(String.init), in: folder.url,
                environment: ["GOFLAGS": "", "NO_COLOR": "1"])
            #expect(result.status == 0, "\(result.errors)")
            #expect(words(result.output).subtracting(shown).isEmpty)
            #expect(words("staticcheck " + command).subtracting(shown).isEmpty)
        }
    }

    /// The text nodes. One ends where the colour changes.
    private static let textOfPicture = """
        import sys, xml.etree.ElementTree
        for node in xml.etree.ElementTree.parse(sys.argv[1]).iter('{http://www.w3.org/2000/svg}text'):
            print(''.join(node.itertext()))
        """
}
