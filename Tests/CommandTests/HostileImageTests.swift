import Foundation
import TestSupport
import Testing

/// Images whose programs are hostile: each stays within its limits, touches nothing outside, and leaves nothing.
///
/// `make hostile-images` starts each program as each user, by the kernel and by an emulator, with and without a /tmp.
@Suite(.serialized, .enabled(if: Namespaces.arePermitted, "a container takes namespaces"))
struct HostileImageTests {
    private typealias Entry = HandMadeImage.Entry

    /// How an image is started.
    struct Circumstances: Sendable, CustomTestStringConvertible {
        var user = "65532"
        var goarch = "amd64"
        var hasTemporaryFolder = true
        var testDescription: String { "\(user) \(goarch) \(hasTemporaryFolder)" }

        static let usual = Circumstances()
        static let all = ["65532", "0"].flatMap { user in
            ["amd64", "arm64"].flatMap { goarch in
                [true, false].map { Circumstances(user: user, goarch: goarch, hasTemporaryFolder: $0) }
            }
        }
        static let tried = HostilePlace.isComplete ? all : [usual]
    }

    private static let times = [
        "--prove=run", "--probe-timeout", "400ms", "--stop-timeout", "200ms", "--rule", "runs-as-root=off",
    ]
    /// What is well above every limit of time: starting an image and ending it.
    private static let longest = Duration.seconds(20)

    @Test(arguments: HostileProgram.acts, Circumstances.tried)
    func aProgramStaysInside(act: String, circumstances: Circumstances) throws {
        try stays(act, circumstances, probes: [])
    }

    @Test(arguments: HostileProgram.answers) func anAnswerEndsTheProbe(act: String) throws {
        try stays(act, .usual, probes: ["--probe", "http://127.0.0.1:8080/"])
    }

    private func stays(_ act: String, _ circumstances: Circumstances, probes: [String]) throws {
        let place = try HostilePlace()
        defer { place.close() }
        let entries: [Entry] =
            (circumstances.hasTemporaryFolder ? [.folder("tmp", mode: 0o1777)] : [])
            + [.link("link", "../../../../etc")]
        let program = try #require(HostileProgram.path(circumstances.goarch))
        let image = try ProvenImage(
            .init(
                [[.file("app", program)] + entries], on: "linux/" + circumstances.goarch, entrypoint: ["/app", act],
                user: circumstances.user))
        let result = try place.prove(image, Self.times + probes, within: Self.longest)
        #expect(["ran", "failed", "refused", "still-running", "answered", "unanswered"].contains(result.outcome))
        #expect(!result.detail.contains("escaped"), "\(result)")
        if act == "control" { try expectNoControls(image, place) }
        try place.expectNothingIsLeft()
    }

    /// What a program writes reaches a terminal in harmless form.
    private func expectNoControls(_ image: ProvenImage, _ place: HostilePlace) throws {
        let arguments = ["verify", image.image.name] + Self.times
        let text = try Execution(Checkout.program, arguments, environment: place.environment).output
        #expect(text.contains("title") && !text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" }, "\(text)")
    }

    /// A program that takes more than its share is ended, wherever the memory is: in its pages, in files, in segments.
    @Test(arguments: ["memory", "memory-files", "shared-memory"]) func memoryIsLimited(act: String) throws {
        let place = try HostilePlace()
        defer { place.close() }
        let program = try #require(HostileProgram.path("amd64"))
        let image = try ProvenImage(.init([[.file("app", program)]], entrypoint: ["/app", act]))
        let result = try place.prove(image, ["--prove=run", "--probe-timeout", "60s"], within: .seconds(60))
        #expect(result.outcome == "failed" && result.detail == "ended: its processes use more than 1 GiB", "\(result)")
        try place.expectNothingIsLeft()
        try place.expectNoSharedMemoryIsLeft()
    }

    @Test(arguments: ["memory", "shared-memory"]) func memoryOfAFileIsLimited(act: String) throws {
        let program = try #require(HostileProgram.path("amd64"))
        let result = try Execution(Checkout.program, ["verify", "--prove=run", program, "--", act])
        #expect(result.status == 1 && result.output.contains("use more than 1 GiB"), "\(result.output)")
    }

    /// The kernel ends the container when the process that watches it is gone, and that one watches its parent.
    @Test func nothingIsLeftWhenStaticcheckIsKilled() throws {
        let place = try HostilePlace()
        defer { place.close() }
        let program = try #require(HostileProgram.path("amd64"))
        let image = try ProvenImage(.init([[.file("app", program)]], entrypoint: ["/app", "sleep"]))
        let script = """
            "$0" verify --prove=run --probe tcp:80 --probe-timeout 5m "$1" >/dev/null 2>&1 &
            for try in $(seq 100); do pgrep -f '^/app sleep' >/dev/null && break; sleep 0.1; done
            pgrep -f '^/app sleep' >/dev/null || exit 3
            kill -9 $!
            for try in $(seq 50); do pgrep -f '^/app sleep' >/dev/null || exit 0; sleep 0.1; done
            exit 4
            """
        let run = try Execution(
            "bash", ["-c", script, Checkout.program, image.image.name], environment: place.environment)
        #expect(run.status == 0)
        try place.expectNothingIsLeft()
    }
}
