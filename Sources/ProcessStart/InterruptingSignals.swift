import CProcess
internal import Glibc

/// SIGINT, SIGTERM and SIGHUP, by which a person or a service ends a run.
public enum InterruptingSignals {
    /// Waits for the signals that are caught, and calls a body for each. Blocks the thread that calls it.
    public static func deliver(to body: () -> Void) -> Never {
        while cprocess_next_interruption() != 0 { body() }
        // There was no descriptor for the pipe, so signals were not caught and end the process by themselves.
        while true { pause() }
    }

    /// Opens the pipe that signals are told through. Must be called before `catch`.
    public static func open() { _ = cprocess_open_interruptions() }

    /// Catches the signals from now on. One that is ignored, as under nohup(1), stays ignored.
    public static func `catch`() { cprocess_catch_interruptions() }
}
