public import SystemPackage

/// Why a file or folder could not be read.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path as it was given.
    public let path: FilePath
    /// What went wrong.
    public let fault: Fault

    /// What can go wrong.
    public enum Fault: Sendable, Hashable {
        /// A system call failed.
        case system(Call, Errno)
        /// The path names something other than a regular file: a folder, a FIFO, a device.
        case notRegular
        /// The path does not name a folder.
        case notFolder
        /// The file has more bytes than the reader accepts.
        case tooLarge(limit: Int)
        /// The path is a symbolic link, and its target is not in the folder that is examined.
        case leadsOut(of: FilePath)
        /// The file was written to while it was read.
        case changed
        /// The name of the file is not UTF-8; the path shows it as `?`.
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
        case .notFolder: "is not a folder"
        case .tooLarge(let limit): "is larger than \(FileError.size(limit))"
        case .leadsOut(let folder):
            "is a symbolic link that leads out of \(folder); put the file itself there, for example with cp -L"
        case .changed: "changed while it was read; run again when no other program writes to it"
        case .nameIsNotUTF8: "its name is not UTF-8; rename the file"
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
