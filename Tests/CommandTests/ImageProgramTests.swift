import Foundation
import TestSupport
import Testing

/// Every program of an image is judged, not only the one that it starts.
@Suite struct ImageProgramTests {
    private typealias Entry = HandMadeImage.Entry
    private typealias Platform = HandMadeImage.Platform

    private static let program = Entry.file("app", Checkout.sample("bare-static"))
    /// Needs a loader and the C library.
    private static let dynamic = Checkout.sample("c-dynamic")

    private struct Report: Decodable {
        let binaries: [Binary]

        struct Binary: Decodable {
            let path: String
            let verdict: String
            let findings: [Finding]
        }

        struct Finding: Decodable {
            let rule: String
            let level: String
            let exception: String?
        }
    }

    /// The programs that are reported, without the image's name, with their verdicts.
    private func programs(_ entries: [Entry], _ arguments: [String] = []) throws -> [String] {
        let image = try HandMadeImage([Platform([entries])])
        let result = try Execution(Checkout.program, ["verify", "--format", "json", image.name] + arguments)
        return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)).binaries.map { binary in
            "\(binary.path.dropFirst(image.name.count + 1)) \(binary.verdict)"
        }
    }

    @Test func aHelperThatCannotStartIsNotReady() throws {
        let entries = [
            .file("usr/libexec/helper", Self.dynamic), .file("bin/tool", Checkout.sample("bare-static")), Self.program,
        ]
        #expect(try programs(entries) == ["/app ready", "/bin/tool ready", "/usr/libexec/helper not-ready"])
        let image = try HandMadeImage([Platform([entries])])
        let result = try Execution(Checkout.program, ["verify", image.name])
        #expect(result.status == 1)
        #expect(result.output.contains("oci:") && result.output.contains("/usr/libexec/helper"))
        // What is said of the image is said once.
        let root = try HandMadeImage([Platform([entries], user: "root")])
        let lines = try Execution(Checkout.program, ["verify", root.name]).output.split(separator: "\n")
        let place = lines.firstIndex { $0.contains("[runs-as-root]") }
        #expect(place.map { lines[$0 + 1].hasSuffix("/app") } == true)
    }

    /// A file is a program if someone may execute it, and a linker made it to be executed.
    @Test func librariesScriptsAndDataAreNoPrograms() throws {
        let entries: [Entry] = [
            Self.program, .file("data/program", Self.dynamic, mode: 0o644),
            .file("lib/library.so", Checkout.sample("c-shared")), .text("bin/script", "#!/bin/sh\n", mode: 0o755),
            .text("bin/empty", "", mode: 0o755), .text("bin/short", "\u{7f}EL", mode: 0o755),
        ]
        #expect(try programs(entries) == ["/app ready"])
    }

    /// Tools such as busybox are one file of many names.
    @Test func aFileOfManyNamesIsOneProgram() throws {
        let entries: [Entry] = [
            Self.program, .file("bin/b", Checkout.sample("c-static")), .hard("bin/a", "bin/b"), .link("bin/c", "b"),
            .hard("bin/app", "app"),
        ]
        let found = try programs(entries)
        #expect(found.count == 2 && found.contains("/bin/a ready"))
    }

    @Test func aDynamicHelperWithItsLibrariesIsReady() throws {
        let libraries = try Execution("ldd", ["/bin/ls"]).output.split(separator: "\n")
            .flatMap { $0.split { $0 == " " || $0 == "\t" } }.filter { $0.hasPrefix("/") }.map(String.init)
        let entries =
            [Self.program, .file("bin/ls", "/bin/ls")] + libraries.map { Entry.file(String($0.dropFirst()), $0) }
        let found = try programs(entries)
        #expect(found.prefix(2) == ["/app ready", "/bin/ls ready"])
        #expect(found.allSatisfy { $0.hasSuffix(" ready") }, "\(found)")
    }

    /// What the entry point does not need may be excepted by its path, or that of its folder.
    @Test(arguments: [
        ("/usr/bin/helper", 0), ("/usr/bin/", 0), ("/usr/", 0), ("/usr/bin/help", 1), ("/usr/bin", 1), ("/app", 1),
    ])
    func aProgramMayBeExceptedByItsPath(_ path: String, _ status: Int32) throws {
        let folder = try TemporaryFolder()
        let rules = ["interpreter", "needed-library"].map {
            "    - {rule: \($0), reason: nobody starts it, paths: [\(path)]}\n"
        }
        try folder.write("policy:\n  exceptions:\n" + rules.joined(), to: "scratchcheck.yaml")
        let image = try HandMadeImage([Platform([[Self.program, .file("usr/bin/helper", Self.dynamic)]])])
        let result = try Execution(
            Checkout.program, ["verify", "--config", folder.url.appending(path: "scratchcheck.yaml").path, image.name])
        #expect(result.status == status, "\(result.output)\(result.errors)")
        #expect(result.output.contains("nobody starts it") == (status == 0))
    }

    @Test func theGateRefusesAnImageWithAHelperThatIsNotReady() throws {
        let image = try HandMadeImage([Platform([[Self.program, .file("usr/bin/helper", Self.dynamic)]])])
        let result = try Execution(Checkout.program, ["gate", "--allow-unsigned", image.name])
        #expect(result.status == 1)
        #expect(result.output.contains("/usr/bin/helper") && result.output.contains("not-ready"))
    }
}
