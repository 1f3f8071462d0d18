import Foundation
import TestSupport
import Testing

/// Programs of Debian, each started in an image that holds it with its libraries.
@Suite(.enabled(if: Namespaces.arePermitted, "a container takes namespaces"))
struct InstalledProgramProofTests {
    private typealias Entry = HandMadeImage.Entry

    /// The program, and the loader and libraries that ldd finds.
    private func entries(_ program: String) throws -> [Entry] {
        let words = try Execution("ldd", [program]).output.split { $0 == " " || $0 == "\n" || $0 == "\t" }
        let libraries = words.filter { $0.hasPrefix("/") }.map(String.init)
        return [.file("program", program)] + libraries.map { .file(String($0.dropFirst()), $0) }
    }

    private func path(_ name: String) throws -> String {
        try Execution("bash", ["-c", "command -v \(name)"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func aRegistryAnswersAndEnds() throws {
        let configuration = "version: 0.1\nstorage: {inmemory: {}}\nhttp: {addr: ':5000'}\n"
        let root = try entries(path("docker-registry")) + [.text("registry.yml", configuration)]
        let image = try ProvenImage(.init([root], entrypoint: ["/program", "serve", "/registry.yml"]))
        let result = try image.prove(["--prove=run", "--probe", "http://127.0.0.1:5000/v2/"])
        #expect(result.outcome == "answered", "\(result)")
        let silent = try image.prove(["--prove=run", "--probe", "tcp:5001", "--probe-timeout", "2s"])
        #expect(silent.outcome == "unanswered", "\(silent)")
    }

    @Test(arguments: [
        ("skopeo", ["--version"], "skopeo version"), ("umoci", ["--version"], "umoci version"),
        ("jq", ["--version"], "jq-"),
    ])
    func aToolRuns(name: String, arguments: [String], said: String) throws {
        let image = try ProvenImage(.init([entries(path(name))], entrypoint: ["/program"] + arguments))
        let result = try image.prove(["--prove=run"])
        #expect(result.outcome == "ran" && result.detail.contains(said), "\(result)")
        // Without its loader the kernel refuses it.
        let bare = try ProvenImage(.init([[.file("program", path(name))]], entrypoint: ["/program"] + arguments))
        #expect(try bare.prove(["--prove=run"]).detail.contains("ENOENT"))
    }
}
