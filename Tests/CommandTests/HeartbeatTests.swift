import Synchronization
import Testing
import Workflows

@testable import staticcheck

/// A log says every so often that long work goes on.
@Suite(.serialized) struct HeartbeatTests {
    private final class Log: Sendable {
        private let kept = Mutex<[String]>([])
        var lines: [String] { kept.withLock { $0 } }
        func say(_ line: String) { kept.withLock { $0.append(line) } }
    }

    private let start = ContinuousClock().now

    @Test func silenceIsBrokenAndOnlyThen() {
        let log = Log()
        let heartbeat = Heartbeat(every: .seconds(30), at: start) { log.say($0) }
        heartbeat.beat(at: start + .seconds(90))
        #expect(log.lines.isEmpty, "nothing is going on")
        heartbeat.begin("push", at: start + .seconds(100)) { _ in "pushing" }
        heartbeat.beat(at: start + .seconds(129))
        #expect(log.lines.isEmpty)
        heartbeat.beat(at: start + .seconds(130))
        heartbeat.beat(at: start + .seconds(131))
        #expect(log.lines == ["pushing"])
        heartbeat.heard(at: start + .seconds(150))
        heartbeat.beat(at: start + .seconds(179))
        #expect(log.lines.count == 1, "a line was printed meanwhile")
        heartbeat.beat(at: start + .seconds(180))
        #expect(log.lines.count == 2)
        heartbeat.end("push")
        heartbeat.beat(at: start + .seconds(300))
        #expect(log.lines.count == 2)
    }

    @Test(arguments: [(false, true), (true, false)]) func logsSayWhatGoesOnUnlessTheyAreQuiet(
        isQuiet: Bool, isSaid: Bool
    ) {
        let log = Log()
        let listener = TerminalListener(isQuiet: isQuiet, isLive: false, silence: .zero) { log.say($0) }
        listener.activity(.began("pushing example.com/app:1"))
        Heartbeat.beatTheCurrent()
        listener.activity(.ended("pushing example.com/app:1"))
        #expect(log.lines.contains("still pushing example.com/app:1: 0 s") == isSaid)
        listener.files(.started(3, of: 5000))
        Heartbeat.beatTheCurrent()
        listener.files(.ended)
        #expect(log.lines.contains("still reading files: 0 s, 3 of 5000 programs and libraries") == isSaid)
    }

    @Test func aBuildSaysHowLongItTakesAndHowFarItIs() {
        var view = ProgressView(labels: ["linux/amd64", "linux/arm64"])
        view.begin(at: start)
        #expect(view.running(at: start) == nil)
        view.set(0, .building, at: start)
        for _ in 0..<300 { view.count(0) }
        view.set(1, .building, at: start)
        for _ in 0..<120 { view.count(1) }
        #expect(
            view.running(at: start + .seconds(45))
                == "building linux/amd64: 45 s, 300 packages; building linux/arm64: 45 s, 120 packages; 0 of 2 done")
        view.set(0, .done("done"), at: start + .seconds(50))
        #expect(
            view.running(at: start + .seconds(60))
                == "building linux/arm64: 60 s, 120 of about 300 packages; 1 of 2 done")
        view.set(1, .rebuilding, at: start + .seconds(70))
        #expect(view.running(at: start + .seconds(70))?.hasPrefix("building linux/arm64 again: 70 s") == true)
    }

    @Test func anEstimateThatHasRunOutIsNotShown() {
        var view = ProgressView(labels: ["a", "b"])
        view.begin(at: start)
        for step in 0..<2 {
            view.set(step, .building, at: start)
            for _ in 0..<10 { view.count(step) }
        }
        view.set(0, .done("done"), at: start + .seconds(9))
        #expect(view.lines(width: 80, height: 24, at: start + .seconds(60))[0] == "1 of 2 done, 60.0 s")
    }
}
