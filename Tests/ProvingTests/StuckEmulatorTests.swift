import Testing

@testable import Proving

/// proc(5), "SigBlk": a mask in hexadecimal, in which the lowest bit is signal 1.
@Suite struct StuckEmulatorTests {
    @Test(
        arguments: [
            // All but SIGILL 4, and SIGKILL 9 and SIGSTOP 19, which cannot be blocked.
            ("fffffffffffbfef7", 4), ("fffffffffffbfaff", 11),
            // None is open, two are, all are.
            ("fffffffffffbfeff", nil), ("fffffffffffbfef3", nil), ("0000000000000000", nil), ("x", nil),
        ] as [(String, Int32?)])
    func theOnlyOpenSignalIsAwaited(mask: String, signal: Int32?) {
        #expect(
            StuckEmulator.awaitedSignal(status: "Name:\tqemu\nSigPnd:\t0\nSigBlk:\t\(mask)\nSigIgn:\t0\n") == signal)
    }

    @Test func aStatusWithoutTheLineSaysNothing() {
        #expect(StuckEmulator.awaitedSignal(status: "") == nil)
        #expect(StuckEmulator.awaitedSignal(status: "SigBlk:\n") == nil)
    }
}
