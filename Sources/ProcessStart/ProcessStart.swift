import CProcess
internal import Glibc

/// How this process was started.
public enum ProcessStart {
    /// The program's name and its arguments, as the C library got them. Works without /proc, unlike `CommandLine`.
    public static let arguments: [String] = (0..<cprocess_argument_count()).compactMap { index in
        unsafe cprocess_argument(index).map { unsafe String(cString: $0) }
    }

    /// Removes the variable that was set for Swift's runtime, so that children do not inherit it. Must be called before
    /// there is a second thread.
    public static func clearEnvironment() {
        guard let value = unsafe getenv("SWIFT_BACKTRACE"), unsafe strstr(value, "/nonexistent") != nil else { return }
        unsafe unsetenv("SWIFT_BACKTRACE")
    }

    /// Removes a variable from the environment of this process and overwrites it in memory, so that no child inherits it and
    /// /proc/PID/environ does not show it.
    public static func forget(variable name: String) { unsafe cprocess_forget_variable(name) }

    /// Keeps other processes of the same user from reading the memory of this process. It leaves no core dump either.
    ///
    /// Source: prctl(2), PR_SET_DUMPABLE. Root can still read the memory.
    public static func sealMemory() { _ = cprocess_seal_memory() }
}
