import Testing
import Workflows

@testable import staticcheck

@Suite struct ProgressViewTests {
    private let start = ContinuousClock().now

    private func view(_ count: Int) -> ProgressView {
        var view = ProgressView(labels: (1...count).map { "linux/arch\($0)" })
        view.begin(at: start)
        return view
    }

    @Test func itSaysWhatEachStepIsDoing() {
        var view = view(3)
        view.set(0, .building, at: start)
        for _ in 0..<12 { view.count(0) }
        view.set(1, .building, at: start)
        view.set(1, .done("done"), at: start + .seconds(4))
        #expect(
            view.lines(width: 80, height: 24, at: start + .seconds(6)) == [
                "1 of 3 done, 6.0 s", "linux/arch1  building  12 packages  6.0 s",
                "linux/arch2  done                   4.0 s",
                "linux/arch3  waiting",
            ])
    }

    /// One step with 100 packages took 10 s; of 200 more, 50 are done.
    @Test func theRestIsEstimatedOnceAStepIsDone() {
        var view = view(3)
        view.set(0, .building, at: start)
        for _ in 0..<100 { view.count(0) }
        view.set(1, .building, at: start)
        for _ in 0..<50 { view.count(1) }
        #expect(view.lines(width: 80, height: 24, at: start + .seconds(15))[0] == "0 of 3 done, 15.0 s")
        view.set(0, .done("done"), at: start + .seconds(15))
        #expect(
            view.lines(width: 80, height: 24, at: start + .seconds(15))[0] == "1 of 3 done, 15.0 s, about 15 s left")
    }

    @Test(arguments: [(40, 10), (200, 50), (1, 1), (12, 3)]) func itFitsTheTerminal(width: Int, height: Int) {
        var view = view(30)
        for step in 0..<5 { view.set(step, .building, at: start) }
        let lines = view.lines(width: width, height: height, at: start + .seconds(1))
        #expect(lines.count < max(height, 3))
        #expect(lines.allSatisfy { $0.count < max(width, 2) })
    }

    @Test func thoseThatRunAreShownFirst() {
        var view = view(30)
        view.set(29, .building, at: start)
        let lines = view.lines(width: 80, height: 6, at: start)
        #expect(lines[1].hasPrefix("linux/arch30  building"))
        #expect(lines.last == "and 27 more")
    }

    @Test func theSlowestAreNamedWhereThereAreMany() {
        var view = view(5)
        for step in 0..<5 {
            view.set(step, .building, at: start)
            view.set(step, .done("done"), at: start + .seconds(step))
        }
        #expect(view.slowest == "linux/arch5 4.0 s, linux/arch4 3.0 s, linux/arch3 2.0 s")
    }
}
