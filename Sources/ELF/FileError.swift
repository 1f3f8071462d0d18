internal import Glibc

/// Why a file could not be read: the path, what was tried, and the system's reason.
public struct FileError: Error, Sendable, CustomStringConvertible {
    /// The path as it was given.
    public let path: String
    /// What went wrong, without the path.
    public let reason: String

    init(_ path: String, _ reason: String) {
        self.path = path
        self.reason = reason
    }

    init(_ path: String, _ call: String, errno code: Int32) {
        self.init(path, "cannot \(call): \(unsafe String(cString: strerror(code)))")
    }

    /// The path and the reason.
    public var description: String { "\(path): \(reason)" }
}
