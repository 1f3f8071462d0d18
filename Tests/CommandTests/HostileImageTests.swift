import Foundation
import TestSupport
import Testing

/// Images whose programs and roots are hostile: each stays within its limits, touches nothing outside, and leaves nothing.
@Suite(.serialized, .enabled(if: Namespaces.arePermitted, "a container takes namespaces"), .timeLimit(.minutes(10)))
struct HostileImageTests {
    private typealias Entry = HandMadeImage.Entry

    private static let programs = ["processes", "memory", "output", "kill", "escape", "sleep", "fill"]

    @Test(arguments: programs, ["65532", "0"]) func aProgramStaysInside(program: String, user: String) throws {
        let witness = Process()
        witness.executableURL = URL(filePath: "/bin/sleep")
        witness.arguments = ["1000"]
        witness.standardOutput = FileHandle.nullDevice
        witness.standardError = FileHandle.nullDevice
        try witness.run()
        // SIGTERM is blocked in children of the tests.
        defer { kill(witness.processIdentifier, SIGKILL) }
        let clock = ContinuousClock()
        let start = clock.now
        let entries: [Entry] = [.folder("tmp", mode: 0o1777), .link("link", "../../../../etc")]
        let result = try ProvenImage([program], user: user, entries: entries).prove(
            [
                "--prove=run", "--probe-timeout", "1s", "--stop-timeout", "500ms", "--rule", "runs-as-root=off",
            ], environment: environment)
        #expect(["ran", "failed", "refused", "still-running"].contains(result.outcome), "\(result)")
        #expect(clock.now - start < .seconds(20))
        #expect(witness.isRunning)
        if program == "escape" { #expect(!result.detail.contains("read"), "\(result)") }
        try expectNothingIsLeft()
    }

    @Test(arguments: [
        [Entry.link("proc", "/tmp")], [.text("proc")], [.link("dev", "../../dev")], [.text("dev")], [.text("tmp")],
        [.link("tmp", "/etc")], [.link("data", "/etc"), .text("x")],
        [.folder("a" + String(repeating: "/a", count: 200))], [.hard("again", "app")], [.folder("dev", mode: 0)],
        [.folder("tmp", mode: 0)],
    ]) private func aRootIsLaidInside(entries: [HandMadeImage.Entry]) throws {
        let before = try FileManager.default.contentsOfDirectory(atPath: "/etc").count
        let result = try ProvenImage(["read", "/app"], entries: entries, folder: "/data/new").prove(
            ["--prove=run"], environment: environment)
        #expect(["ran", "not-proved", "refused", "failed"].contains(result.outcome), "\(result)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: "/etc").count == before)
        try expectNothingIsLeft()
    }

    /// The kernel ends the container when the process that watches it is gone, and that one watches its parent.
    @Test func nothingIsLeftWhenStaticcheckIsKilled() throws {
        let image = try ProvenImage(["sleep"])
        let script = """
            "$0" verify --prove=run --probe tcp:80 --probe-timeout 5m "$1" >/dev/null 2>&1 &
            for try in $(seq 100); do pgrep -f '^/app sleep' >/dev/null && break; sleep 0.1; done
            pgrep -f '^/app sleep' >/dev/null || exit 3
            kill -9 $!
            for try in $(seq 50); do pgrep -f '^/app sleep' >/dev/null || exit 0; sleep 0.1; done
            exit 4
            """
        #expect(
            try Execution("bash", ["-c", script, Checkout.program, image.image.name], environment: environment).status
                == 0)
        try expectNothingIsLeft()
    }

    /// A folder for temporary files of this suite alone: the root of each container is written there.
    private let place = try? TemporaryFolder()

    private var environment: [String: String] { ["TMPDIR": place?.url.path ?? ""] }

    private func expectNothingIsLeft() throws {
        let folder = try #require(place).url.path
        let processes = try Execution("pgrep", ["-f", "__prove-container"]).output.split(separator: "\n")
        let own = processes.filter { process in
            let input = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/fd/0")
            return input?.hasPrefix(folder) == true
        }
        #expect(own.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        #expect(try !String(contentsOfFile: "/proc/mounts", encoding: .utf8).contains("container /"))
    }
}
