import CProcess

/// SIGINT, SIGTERM, SIGHUP and SIGQUIT, by which a person or a service ends a run.
public enum InterruptingSignals {
    /// Waits for the signals that are caught, and calls a body for each. Blocks the thread that calls it.
    ///
    /// - Parameter tick: Called every second.
    public static func deliver(to body: () -> Void, tick: () -> Void) -> Never {
        while true {
            if cprocess_next_interruption(1000) != 0 { body() }
            tick()
        }
    }

    /// Opens the pipe that signals are told through. Must be called before `catch`.
    public static func open() { _ = cprocess_open_interruptions() }

    /// Catches the signals from now on. One that is ignored, as under nohup(1), stays ignored.
    public static func `catch`() { cprocess_catch_interruptions() }
}
