public import SystemPackage

/// A file in which the kernel shows its state (`/proc`, `/sys`). It has no size, so it is read until its end.
public enum KernelFile {
    /// The text of a file; nil if there is no such file, or it cannot be read.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limit: The number of bytes after which the text is cut off.
    public static func text(_ path: FilePath, limit: Int = 1 << 16) -> String? {
        guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec]) else {
            return nil
        }
        let bytes = try? descriptor.closeAfter { try descriptor.readToEnd(limit: limit) }
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }
}

extension FileDescriptor {
    /// Reads what has no size, such as a pipe, until its end.
    ///
    /// - Parameter limit: The number of bytes after which reading stops.
    /// - Throws: `Errno` if it cannot be read.
    public func readToEnd(limit: Int = .max) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < limit {
            let count = unsafe try piece.withUnsafeMutableBytes { unsafe try read(into: $0) }
            guard count > 0 else { break }
            bytes += piece[..<min(count, limit - bytes.count)]
        }
        return bytes
    }
}
