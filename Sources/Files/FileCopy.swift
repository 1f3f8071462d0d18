internal import Glibc
public import SystemPackage

/// Copies a file piece by piece.
public enum FileCopy {
    /// Writes the bytes of an open file to a new file. Runs of zeros become holes, so that a sparse file stays one.
    ///
    /// - Parameters:
    ///   - file: The file to read.
    ///   - path: The file to create. If the copy fails, it may be left incomplete.
    ///   - permissions: The permission bits of the new file, less the process's umask.
    /// - Throws: `FileError` if the file cannot be read or changes meanwhile; `OutputError` if the copy cannot be written.
    public static func write(_ file: borrowing OpenFile, to path: FilePath, permissions: UInt32) throws {
        do {
            let copy = try FileDescriptor.create(path, permissions: permissions)
            try copy.closeAfter { try write(file, into: copy) }
        } catch let error as FileError {
            throw error
        } catch {
            throw OutputError(path, .write, error)
        }
        try file.checkUnchanged()
    }

    /// Copies an open file into one without a name, which nobody else can change.
    ///
    /// - Parameter folder: The folder on whose file system the copy lies.
    /// - Returns: The open copy. Its path is the original's; its permission bits are not.
    /// - Throws: As ``write(_:to:permissions:)``.
    public static func unnamed(of file: borrowing OpenFile, in folder: FilePath) throws -> OpenFile {
        let copy = try Spool(in: folder).rewound()
        do {
            try write(file, into: copy)
            try file.checkUnchanged()
        } catch {
            try? copy.close()
            throw error is FileError ? error : OutputError(file.path, .write, error)
        }
        return try OpenFile(copy, file.path, maximumSize: file.size)
    }

    /// Writes the bytes of an open file into a new one.
    ///
    /// - Throws: `FileError` if the file cannot be read; the system's error if the copy cannot be written.
    static func write(_ file: borrowing OpenFile, into copy: FileDescriptor) throws {
        var failure: (any Error)?
        try file.forEachPiece(of: pieceSize, in: 0..<file.size, overlap: 0) { offset, piece in
            guard !isZero(piece) else { return true }
            do { try copy.writeAll(toAbsoluteOffset: Int64(offset), piece) } catch { failure = error }
            return failure == nil
        }
        if let failure { throw failure }
        // The last piece may be a hole.
        try copy.resize(to: Int64(file.size))
    }

    /// Whether all bytes are zero: the first is, and each equals the next.
    private static func isZero(_ piece: ArraySlice<UInt8>) -> Bool {
        guard piece.first == 0 else { return false }
        return unsafe piece.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return true }
            return unsafe memcmp(start, start + 1, bytes.count - 1) == 0
        }
    }

    /// A multiple of every file system's block size.
    private static let pieceSize = 1 << 16
}
