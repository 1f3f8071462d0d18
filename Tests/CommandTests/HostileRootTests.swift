import Foundation
import TestSupport
import Testing

/// Images whose roots and configurations are hostile: each is laid inside of its namespace, or refused.
///
/// `make hostile-images` starts all; otherwise it is every third root.
@Suite(.serialized, .enabled(if: Namespaces.arePermitted, "a container takes namespaces"))
struct HostileRootTests {
    typealias Entry = HandMadeImage.Entry

    static let roots: [[Entry]] =
        ["proc", "dev", "sys", "tmp", "data", "etc", "run"].flatMap { name in
            [[.link(name, "/tmp")], [.link(name, "../../" + name)], [.text(name)], [.folder(name, mode: 0)]]
        }
        + [
            [.link("data", "/etc"), .text("x")], [.link("data", "data")], [.link("a", "b"), .link("b", "a")],
            [.folder("a" + String(repeating: "/a", count: 200))],
            [.folder(String(repeating: "a", count: 255))], [.folder(String(repeating: "a", count: 256))],
            [.hard("again", "app")], [.hard("again", "absent")], [.hard("again", "../../../etc/passwd")],
            [.text("../../../../tmp/outside")], [.text("/absolute")], [.text("./a/./b")], [.text("a//b")],
            [.text("app/below")], [.link("app", "/etc/passwd")],
            [.special("pipe", "FIFOTYPE")], [.special("block", "BLKTYPE")], [.special("character", "CHRTYPE")],
            [.text("set", mode: 0o4755), .text("group", mode: 0o2755)], [.text("secret", mode: 0).owned(by: 2_097_151)],
            [.text("dev/null", "x")], [.text("proc/self/exe", "x")], [.link("dev/stdin", "/etc/passwd")],
            [.link("dev/shm", "/tmp")], [.text("dev/fd/0")],
            [.text("a\u{1b}[31mb\nc")], [.text(String(repeating: "é", count: 120))],
            (0..<5000).map { .text("many/\($0)") }, (0..<300).map { .link("l\($0)", "l\($0 + 1)") },
        ]

    private static let tried =
        HostilePlace.isComplete ? roots : stride(from: 0, to: roots.count, by: 3).map { roots[$0] }

    @Test(arguments: tried) func aRootIsLaidInside(entries: [Entry]) throws {
        let program = try #require(HostileProgram.path("amd64"))
        try stays(
            .init([[.file("app", program)] + entries], entrypoint: ["/app", "lost"], workingDir: "/data/new"))
    }

    @Test(arguments: [
        #""User": "4294967295""#, #""User": "-1""#, #""User": "nobody""#, #""User": "0:4294967294""#, #""User": ":""#,
        #""User": "../../etc""#, #""WorkingDir": "relative""#, #""WorkingDir": "/../../etc""#,
        #""WorkingDir": "/app""#, #""WorkingDir": "/proc/1/root""#, #""WorkingDir": "/\u0000x""#,
        #""Env": ["NONE"]"#, #""Env": ["=x"]"#, #""Env": ["LD_PRELOAD=/x", "PATH=:::", "GODEBUG=x\u0000y"]"#,
        #""Entrypoint": []"#, #""Entrypoint": [""]"#, #""Entrypoint": ["."]"#, #""Entrypoint": ["/"]"#,
        #""Entrypoint": ["/proc/self/exe", "sleep"]"#, #""Entrypoint": ["app\u0000", "sleep"]"#,
        #""Entrypoint": ["/app", "sleep\u0000"]"#, #""Entrypoint": ["/script"]"#, #""Entrypoint": ["/loop"]"#,
        #""Entrypoint": ["/dev/stdin"]"#, #""Entrypoint": ["/app"], "Cmd": [null]"#, #""StopSignal": "SIGKILL""#,
        #""StopSignal": "SIGRTMAX+1""#, #""StopSignal": "-9""#, #""StopSignal": "0""#, #""Volumes": {"/app": {}}"#,
    ]) func aConfigurationIsHeldInside(keys: String) throws {
        let program = try #require(HostileProgram.path("amd64"))
        let entries: [Entry] = [
            .file("app", program), .text("script", "#!/script\n", mode: 0o755), .link("loop", "/loop"),
        ]
        let own = keys.contains("Entrypoint") ? nil : ["/app", "deaf"]
        try stays(.init([entries], entrypoint: own, keys: keys))
    }

    @Test(arguments: [(100_000, 1), (1, 3_000_000)]) func wordsAreWithinTheKernelsLimits(count: Int, length: Int) throws
    {
        let program = try #require(HostileProgram.path("amd64"))
        let words = Array(repeating: String(repeating: "x", count: length), count: count)
        try stays(.init([[.file("app", program)]], entrypoint: ["/app", "lost"] + words))
        try stays(.init([[.file("app", program)]], entrypoint: ["/app", "lost"], env: words.map { "X=" + $0 }))
    }

    private func stays(_ platform: HandMadeImage.Platform) throws {
        let place = try HostilePlace()
        defer { place.close() }
        let result = try place.prove(
            ProvenImage(platform),
            ["--prove=run", "--probe-timeout", "300ms", "--stop-timeout", "200ms", "--rule", "runs-as-root=off"],
            within: .seconds(20))
        // An image that cannot be read has no proof, and is no success.
        #expect(
            ["ran", "not-proved", "refused", "failed", "still-running"].contains(result.outcome) || result.status != 0,
            "\(result)")
        #expect(result.status < 64, "\(result)")
        try place.expectNothingIsLeft()
    }
}
