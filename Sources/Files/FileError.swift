public import SystemPackage

/// Why a file could not be read: the path, and what went wrong with it.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path as it was given.
    public let path: FilePath
    /// What went wrong.
    public let fault: Fault

    /// What can go wrong when a file is read.
    public enum Fault: Sendable, Hashable {
        /// A system call failed.
        case system(Call, Errno)
        /// The path names something other than a regular file: a folder, a pipe, a device.
        case notRegular
        /// The file has more bytes than its reader accepts.
        case tooLarge(limit: Int)
        /// The file was written to while it was read.
        case changed
        /// A folder holds a name that is not UTF-8.
        case nameIsNotUTF8
        /// The content is not UTF-8 text.
        case contentIsNotUTF8
    }

    /// The system call that failed.
    public enum Call: String, Sendable {
        case open, read, stat
    }

    /// Makes an error.
    public init(_ path: FilePath, _ fault: Fault) {
        self.path = path
        self.fault = fault
    }

    /// What went wrong, without the path.
    public var reason: String {
        switch fault {
        case .system(let call, let code): "cannot \(call.rawValue): \(code)"
        case .notRegular: "is not a regular file"
        case .tooLarge(let limit): "is larger than \(FileError.size(limit))"
        case .changed: "changed while it was read; wait for whatever writes it, and run again"
        case .nameIsNotUTF8: "holds a name that is not UTF-8; rename it to have it checked"
        case .contentIsNotUTF8: "is not UTF-8 text"
        }
    }

    /// The path and the reason.
    public var description: String { "\(path): \(reason)" }

    /// Whether there is nothing at the path.
    public var isMissing: Bool { fault == .system(.open, .noSuchFileOrDirectory) }

    /// A limit in the largest unit that divides it.
    private static func size(_ bytes: Int) -> String {
        let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        guard let (name, factor) = units.first(where: { bytes >= $0.1 && bytes % $0.1 == 0 }) else {
            return "\(bytes) bytes"
        }
        return "\(bytes / factor) \(name)"
    }
}
