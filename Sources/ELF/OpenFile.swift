internal import Glibc

/// A regular file that is open for reading; it is closed when the value ends.
///
/// Opening never blocks on a FIFO or a device, and nothing is mapped, so a file that shrinks meanwhile is an error and no
/// signal. What is read in pieces is of one content: ``checkUnchanged()`` tells.
public struct OpenFile: ~Copyable {
    /// The path as it was given.
    public let path: String
    /// How many bytes are read at once where the file is searched.
    let pieceSize: Int
    private let descriptor: Int32
    private let status: stat

    /// Opens a file; a symbolic link is followed.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - pieceSize: How many bytes are read at once where the file is searched: as many as stay in a core's cache.
    /// - Throws: `FileError`, with the path and the system's reason.
    public init(_ path: String, pieceSize: Int = 1 << 18) throws(FileError) {
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw FileError(path, "open", errno: errno) }
        let status: stat
        do throws(FileError) {
            status = try OpenFile.status(of: descriptor, path)
            guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(path, "is not a regular file") }
            guard status.st_size <= FileSnapshot.maximumSize else { throw FileError(path, "is larger than 2 GiB") }
        } catch {
            close(descriptor)
            throw error
        }
        self.status = status
        self.path = path
        self.pieceSize = pieceSize
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// The size in bytes.
    public var size: Int { Int(status.st_size) }

    /// The permission bits (`st_mode & 07777`).
    public var permissions: UInt32 { UInt32(status.st_mode & 0o7777) }

    /// Whether it begins with the ELF magic number.
    public func isELF() throws(FileError) -> Bool {
        guard size >= ELFHeader.magic.count else { return false }
        return try bytes(in: 0..<ELFHeader.magic.count) == ELFHeader.magic
    }

    /// The bytes of a range of the file; a range that does not lie in it is an error.
    public func bytes(in range: Range<Int>) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            unsafe filled = read(into: UnsafeMutableRawBufferPointer(buffer), at: range.lowerBound, &failure)
        }
        guard failure == 0 else { throw FileError(path, "read", errno: failure) }
        guard bytes.count == range.count else { throw changed }
        return bytes
    }

    /// Leads all bytes to a body, a piece after the other, the last of them shorter.
    public func forEachPiece(_ body: (ArraySlice<UInt8>) -> Void) throws(FileError) {
        try forEachPiece(of: 1 << 16, in: 0..<size, overlap: 0) { _, bytes in
            body(bytes)
            return true
        }
    }

    /// Leads the bytes of a range to a body, with the place of each piece in the file.
    ///
    /// - Parameters:
    ///   - count: The size of a piece; the last is shorter.
    ///   - overlap: How many bytes a piece begins before the end of the one before it; fewer than a piece has.
    ///   - body: Says whether there is to be another piece.
    func forEachPiece(
        of count: Int, in range: Range<Int>, overlap: Int, _ body: (Int, ArraySlice<UInt8>) -> Bool
    ) throws(FileError) {
        var piece = [UInt8](repeating: 0, count: min(count, range.count))
        var place = range.lowerBound
        while place < range.upperBound {
            var failure: Int32 = 0
            let wanted = min(piece.count, range.upperBound - place)
            let got = unsafe piece.withUnsafeMutableBytes { buffer in
                unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: place, &failure)
            }
            guard failure == 0 else { throw FileError(path, "read", errno: failure) }
            guard got == wanted else { throw changed }
            guard body(place, piece[..<wanted]) else { return }
            place += place + wanted == range.upperBound ? wanted : wanted - overlap
        }
    }

    /// Demands that size and times are still what they were when the file was opened; that of the last change of status
    /// (`st_ctim`) is one that no writer can set back.
    public func checkUnchanged() throws(FileError) {
        let now = try OpenFile.status(of: descriptor, path)
        guard now.st_size == status.st_size, now.st_mtim.isSame(as: status.st_mtim),
            now.st_ctim.isSame(as: status.st_ctim)
        else { throw changed }
    }

    /// Gives libelf, which reads by the descriptor, its handle for as long as a body runs.
    func withHandle<Value>(_ body: (borrowing LibelfHandle) throws(ELFError) -> Value) throws(ELFError) -> Value {
        try body(try LibelfHandle(descriptor: descriptor))
    }

    private var changed: FileError {
        FileError(path, "changed while it was read; wait for whatever writes it, and run again")
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int, _ failure: inout Int32) -> Int {
        var filled = 0
        while filled < buffer.count, let base = buffer.baseAddress {
            let got = unsafe pread(descriptor, base + filled, buffer.count - filled, offset + filled)
            if got < 0 && errno == EINTR { continue }
            if got < 0 { failure = errno }
            if got <= 0 { break }
            filled += got
        }
        return filled
    }

    private static func status(of descriptor: Int32, _ path: String) throws(FileError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(path, "stat", errno: errno) }
        return status
    }
}

extension timespec {
    fileprivate func isSame(as other: timespec) -> Bool { tv_sec == other.tv_sec && tv_nsec == other.tv_nsec }
}
