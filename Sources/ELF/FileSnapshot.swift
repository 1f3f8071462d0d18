#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A regular file read once, whole, into memory: what is parsed, hashed and reported is the same bytes.
public struct FileSnapshot: Sendable {
    /// The whole content.
    public let bytes: [UInt8]
    /// The permission bits (`st_mode & 07777`).
    public let permissions: UInt32

    /// Larger files are refused: no program for a container is that big.
    public static let maximumSize = 2 << 30

    /// What was found at a path.
    public enum Content: Sendable {
        /// A regular file, whole.
        case file(FileSnapshot)
        /// A regular file that does not begin with the ELF magic number; its first bytes alone were read.
        case notELF
    }

    /// Reads a file, or only its first bytes where it is no ELF file and those are not asked for.
    ///
    /// Opening never blocks on a FIFO or a device, and nothing is mapped, so a file that shrinks meanwhile is an error
    /// and no signal.
    ///
    /// - Parameters:
    ///   - path: The file; a symbolic link is followed.
    ///   - onlyELF: Whether a file of another kind is left unread.
    /// - Throws: `FileError`, with the path and the system's reason.
    public static func read(_ path: String, onlyELF: Bool) throws(FileError) -> Content {
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw FileError(path, "open", errno: errno) }
        defer { close(descriptor) }
        let before = try status(of: descriptor, path)
        guard before.st_mode & S_IFMT == S_IFREG else { throw FileError(path, "is not a regular file") }
        guard before.st_size <= maximumSize else { throw FileError(path, "is larger than 2 GiB") }
        if onlyELF {
            let magic = try bytes(of: descriptor, count: 4, at: 0, path)
            guard magic == ELFHeader.magic else { return .notELF }
        }
        let content = try bytes(of: descriptor, count: Int(before.st_size), at: 0, path)
        let after = try status(of: descriptor, path)
        guard content.count == Int(before.st_size), before.isSameContent(as: after) else {
            throw FileError(path, "changed while it was read; wait for whatever writes it, and run again")
        }
        return .file(FileSnapshot(bytes: content, permissions: UInt32(before.st_mode & 0o7777)))
    }

    private static func status(of descriptor: Int32, _ path: String) throws(FileError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(path, "stat", errno: errno) }
        return status
    }

    private static func bytes(
        of descriptor: Int32, count: Int, at offset: Int, _ path: String
    ) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let base = buffer.baseAddress {
                let got = unsafe pread(descriptor, base + filled, count - filled, offset + filled)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                filled += got
            }
        }
        guard failure == 0 else { throw FileError(path, "read", errno: failure) }
        return bytes
    }
}

extension stat {
    fileprivate func isSameContent(as other: stat) -> Bool {
        st_size == other.st_size && st_mtim.tv_sec == other.st_mtim.tv_sec && st_mtim.tv_nsec == other.st_mtim.tv_nsec
    }
}

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
