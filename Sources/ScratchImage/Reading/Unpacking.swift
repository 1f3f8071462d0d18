import Attestation
import Files

/// The tar archive that a stored layer or archive holds, compressed or not.
enum Unpacking {
    /// What was unpacked, with the digests before and after.
    struct Result {
        let content: StoredBytes
        let stored: Digest
        let unpacked: Digest
    }

    /// Unpacks.
    ///
    /// - Parameter limit: The most bytes that may come out. More is an error, and ends the work.
    /// - Throws: `LayerError`, `CompressionError`, `FileError` or `CancellationError`.
    static func unpack(_ stored: StoredBytes, limit: Int) throws -> Result {
        let compression = try LayerCompression.of(stored)
        var before = DigestStream()
        if compression == .none {
            if let name = try LayerCompression.unsupported(of: stored) { throw LayerError.unknownCompression(name) }
            guard stored.count <= limit else { throw LayerError.tooLarge(limit: limit) }
            try compression.read(stored, onStored: { before.update($0) }, onUnpacked: { _ in })
            let digest = before.digest
            return Result(content: stored, stored: digest, unpacked: digest)
        }
        var after = DigestStream()
        var spool = try Spool()
        var size = 0
        try compression.read(stored, onStored: { before.update($0) }) { piece in
            size += piece.count
            guard size <= limit else { throw LayerError.tooLarge(limit: limit) }
            after.update(piece)
            try spool.append(piece)
        }
        return Result(content: try spool.finished(), stored: before.digest, unpacked: after.digest)
    }
}
