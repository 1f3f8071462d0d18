internal import Glibc
public import SystemPackage

/// A regular file that is open for reading. It is closed when the value ends.
///
/// Opening never blocks on a FIFO or a device. Nothing is mapped, so a file that shrinks meanwhile gives an error and no
/// signal. Whoever reads it in pieces calls ``checkUnchanged()`` at the end, to know that all pieces are of one content.
public struct OpenFile: ~Copyable, Sendable {
    /// The path as it was given.
    public let path: FilePath
    /// How many bytes are read at once when the file is searched.
    public let pieceSize: Int
    private let descriptor: FileDescriptor
    private let status: Stat

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - followsLinks: Whether a symbolic link at the path is followed; if not, a link is an error.
    ///   - maximumSize: The largest size that is accepted, in bytes.
    ///   - pieceSize: How many bytes are read at once when the file is searched: as many as stay in a core's cache.
    /// - Throws: `FileError` with the path and the system's reason.
    public init(
        _ path: FilePath, followsLinks: Bool = true, maximumSize: Int = FileSnapshot.maximumSize,
        pieceSize: Int = 1 << 18
    ) throws(FileError) {
        var options: FileDescriptor.OpenOptions = [.nonBlocking, .closeOnExec]
        if !followsLinks { options.insert(.noFollow) }
        let descriptor: FileDescriptor
        do { descriptor = try FileDescriptor.open(path, .readOnly, options: options) } catch {
            throw FileError(path, .system(.open, error as? Errno ?? .ioError))
        }
        try self.init(descriptor, path, maximumSize: maximumSize, pieceSize: pieceSize)
    }

    /// Takes over a descriptor. It is closed if the file is not accepted.
    init(
        _ descriptor: FileDescriptor, _ path: FilePath, maximumSize: Int, pieceSize: Int = 1 << 18
    ) throws(FileError) {
        let status: Stat
        do throws(FileError) {
            status = try OpenFile.status(of: descriptor, path)
            guard status.type == .regular else { throw FileError(path, .notRegular) }
            guard status.size <= maximumSize else { throw FileError(path, .tooLarge(limit: maximumSize)) }
        } catch {
            try? descriptor.close()
            throw error
        }
        self.status = status
        self.path = path
        self.pieceSize = pieceSize
        self.descriptor = descriptor
    }

    deinit {
        try? descriptor.close()
    }

    /// The size in bytes.
    public var size: Int { Int(status.size) }

    /// The permission bits (`st_mode & 07777`).
    public var permissions: UInt32 { UInt32(status.permissions.rawValue) }

    /// The bytes of a range of the file; a range that does not lie in it is an error.
    public func bytes(in range: Range<Int>) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            unsafe filled = read(into: UnsafeMutableRawBufferPointer(buffer), at: range.lowerBound, &failure)
        }
        guard failure == 0 else { throw FileError(path, .system(.read, Errno(rawValue: failure))) }
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
    public func forEachPiece(
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
            guard failure == 0 else { throw FileError(path, .system(.read, Errno(rawValue: failure))) }
            guard got == wanted else { throw changed }
            guard body(place, piece[..<wanted]) else { return }
            place += place + wanted == range.upperBound ? wanted : wanted - overlap
        }
    }

    /// Demands that size and times are still what they were when the file was opened; that of the last change of status
    /// (`st_ctim`) is one that no writer can set back.
    public func checkUnchanged() throws(FileError) {
        let now = try OpenFile.status(of: descriptor, path)
        guard now.size == status.size, now.st_mtim.isSame(as: status.st_mtim), now.st_ctim.isSame(as: status.st_ctim)
        else { throw changed }
    }

    /// Lends the descriptor to a library that reads by itself, for as long as a body runs.
    public func withDescriptor<Value, Failure>(
        _ body: (FileDescriptor) throws(Failure) -> Value
    ) throws(Failure) -> Value { try body(descriptor) }

    private var changed: FileError { FileError(path, .changed) }

    private func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int, _ failure: inout Int32) -> Int {
        var filled = 0
        while filled < buffer.count, let base = buffer.baseAddress {
            let got = unsafe pread(descriptor.rawValue, base + filled, buffer.count - filled, offset + filled)
            if got < 0 && errno == EINTR { continue }
            if got < 0 { failure = errno }
            if got <= 0 { break }
            filled += got
        }
        return filled
    }

    private static func status(of descriptor: FileDescriptor, _ path: FilePath) throws(FileError) -> Stat {
        do { return try descriptor.stat() } catch { throw FileError(path, .system(.stat, error)) }
    }
}

extension timespec {
    fileprivate func isSame(as other: timespec) -> Bool { tv_sec == other.tv_sec && tv_nsec == other.tv_nsec }
}
