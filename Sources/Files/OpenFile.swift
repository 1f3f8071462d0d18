internal import Glibc
public import SystemPackage

/// A regular file that is open for reading. It is closed when the value is destroyed.
///
/// Opening never blocks on a FIFO or a device. Nothing is mapped, so a file that shrinks while it is read gives an error,
/// not SIGBUS. A caller that reads in pieces calls ``checkUnchanged()`` at the end, to make sure that all pieces belong to
/// the same content.
public struct OpenFile: ~Copyable, Sendable {
    /// The path as it was given.
    public let path: FilePath
    /// The number of bytes that a search of the file reads at once.
    public let pieceSize: Int
    private let descriptor: FileDescriptor
    private let status: Stat

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - followsLinks: Whether a symbolic link at the path is followed; if not, a link is an error.
    ///   - maximumSize: The largest size that is accepted, in bytes.
    ///   - pieceSize: The number of bytes that a search reads at once. The default fits into a core's cache.
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

    /// Takes ownership of a descriptor. It is closed if the file is not accepted.
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

    /// The bytes of a range of the file.
    ///
    /// - Throws: `FileError` if they cannot be read, or the file no longer has them.
    public func bytes(in range: Range<Int>) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            unsafe filled = read(into: UnsafeMutableRawBufferPointer(buffer), at: range.lowerBound, &failure)
        }
        guard failure == 0 else { throw FileError(path, .system(.read, Errno(rawValue: failure))) }
        guard bytes.count == range.count else { throw changed }
        return bytes
    }

    /// Calls a body with all bytes of the file in pieces of 64 KiB; the last piece is shorter.
    ///
    /// - Throws: `FileError` if a piece cannot be read.
    public func forEachPiece(_ body: (ArraySlice<UInt8>) -> Void) throws(FileError) {
        try forEachPiece(of: 1 << 16, in: 0..<size, overlap: 0) { _, bytes in
            body(bytes)
            return true
        }
    }

    /// Calls a body with the bytes of a range in pieces, each with its offset in the file.
    ///
    /// - Parameters:
    ///   - count: The size of a piece in bytes; the last piece is shorter.
    ///   - range: The range, which must lie in the file.
    ///   - overlap: The number of bytes at the end of a piece that the next piece repeats; less than `count`.
    ///   - body: Returns whether to go on.
    /// - Throws: `FileError` if a piece cannot be read.
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

    /// Checks that the file was not written to since it was opened: its size, `st_mtim` and `st_ctim` are the same. Unlike
    /// `st_mtim`, `st_ctim` cannot be set back by a program.
    ///
    /// - Throws: `FileError` if it was.
    public func checkUnchanged() throws(FileError) {
        let now = try OpenFile.status(of: descriptor, path)
        guard now.size == status.size, now.st_mtim.isSame(as: status.st_mtim), now.st_ctim.isSame(as: status.st_ctim)
        else { throw changed }
    }

    /// Lends the descriptor to a library that reads by itself, while a body runs.
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
