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
        defer { try? descriptor.close() }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while bytes.count < limit {
            guard let count = unsafe try? piece.withUnsafeMutableBytes({ unsafe try descriptor.read(into: $0) }) else {
                return nil
            }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes.prefix(limit), as: UTF8.self)
    }
}
