import CProcess
internal import Glibc

/// How this process was started.
public enum ProcessStart {
    /// The program's name and its arguments, as the C library was given them: there need be no /proc.
    public static let arguments: [String] = (0..<cprocess_argument_count()).compactMap { index in
        unsafe cprocess_argument(index).map { unsafe String(cString: $0) }
    }

    /// The text of an environment variable; nil where there is none in it.
    public static func variable(_ name: String) -> String? {
        guard let text = unsafe getenv(name), unsafe text.pointee != 0 else { return nil }
        return unsafe String(cString: text)
    }

    /// Takes back what was set for Swift's runtime alone, so that no child inherits it; before there is a second thread.
    public static func clearEnvironment() {
        guard let value = unsafe getenv("SWIFT_BACKTRACE"), unsafe strstr(value, "/nonexistent") != nil else { return }
        unsafe unsetenv("SWIFT_BACKTRACE")
    }
}
