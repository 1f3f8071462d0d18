import CProcess
internal import Glibc

/// SIGINT, SIGTERM and SIGHUP, by which a person or a service ends a run.
public enum InterruptingSignals {
    /// Waits for the signals that are caught, and leads each to a body; for the thread that has nothing else to do.
    public static func deliver(to body: () -> Void) -> Never {
        while cprocess_next_interruption() != 0 { body() }
        // No descriptor was left to hear of them: they end the process by themselves.
        while true { pause() }
    }

    /// Makes ready to hear of them; before anything catches them.
    public static func open() { _ = cprocess_open_interruptions() }

    /// Has them delivered from now on; one that is ignored, as nohup(1) has it, stays so.
    public static func `catch`() { cprocess_catch_interruptions() }
}
