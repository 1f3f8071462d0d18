import FoundationEssentials
import SystemPackage

/// A file that stays open as long as anything of it is read.
final class SharedFile: Sendable {
    let descriptor: FileDescriptor
    let size: Int

    /// Opens a regular file; never waits for a pipe.
    ///
    /// - Throws: `ImageError` with the path.
    init(_ path: FilePath) throws(ImageError) {
        do {
            descriptor = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
        } catch {
            throw ImageError("\(path): cannot open: \(error)")
        }
        guard let size = try? descriptor.seek(offset: 0, from: .end), size >= 0, size < Int64(1) << 50 else {
            try? descriptor.close()
            throw ImageError("\(path): is no regular file")
        }
        self.size = Int(size)
    }

    /// Takes a file that is open already.
    init(_ descriptor: FileDescriptor, size: Int) {
        self.descriptor = descriptor
        self.size = size
    }

    deinit { try? descriptor.close() }
}
