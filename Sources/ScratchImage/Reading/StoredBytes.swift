import FoundationEssentials
import SystemPackage

/// A run of bytes in a file, read when they are asked for.
struct StoredBytes: Sendable {
    let file: SharedFile
    let offset: Int
    let count: Int

    init(_ file: SharedFile, offset: Int, count: Int) {
        self.file = file
        self.offset = offset
        self.count = count
    }

    init(_ file: SharedFile) { self.init(file, offset: 0, count: file.size) }

    /// Some bytes of the run; fewer at its end.
    ///
    /// - Throws: `ImageError` where they cannot be read.
    func bytes(at start: Int, count wanted: Int) throws(ImageError) -> [UInt8] {
        let length = max(0, min(wanted, count - start))
        var bytes = [UInt8](repeating: 0, count: length)
        var filled = 0
        while filled < length {
            let got: Int
            do {
                got = try bytes.withUnsafeMutableBytes { buffer in
                    try file.descriptor.read(
                        fromAbsoluteOffset: Int64(offset + start + filled), into: .init(rebasing: buffer[filled...]))
                }
            } catch {
                throw ImageError("cannot read: \(error)")
            }
            guard got > 0 else { throw ImageError("it is shorter than it was, or than it says") }
            filled += got
        }
        return bytes
    }

    /// All of it, where that is little.
    ///
    /// - Throws: `ImageError` where it is more than the limit.
    func all(limit: Int) throws(ImageError) -> [UInt8] {
        guard count <= limit else { throw ImageError("it is longer than \(limit) bytes") }
        return try bytes(at: 0, count: count)
    }

    /// Hands over all of it, a piece after the other.
    func stream(_ receive: ([UInt8]) throws -> Void) throws {
        var place = 0
        while place < count {
            try Task.checkCancellation()
            let piece = try bytes(at: place, count: 1 << 18)
            try receive(piece)
            place += piece.count
        }
    }
}
