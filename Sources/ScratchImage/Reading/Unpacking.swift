import Attestation
import Compression
import Files

/// Bytes as they are meant, whether they are stored with gzip or not.
enum Unpacking {
    /// What was unpacked, with the digests before and after.
    struct Result {
        let content: StoredBytes
        let stored: Digest
        let unpacked: Digest
    }

    /// Unpacks.
    ///
    /// - Parameter limit: The most bytes that may come out; more is an error, and ends the work.
    static func unpack(_ stored: StoredBytes, limit: Int) throws -> Result {
        let magic = try stored.bytes(at: 0, count: 4)
        if magic == [0x28, 0xb5, 0x2f, 0xfd] {
            throw ImageError(
                "it is compressed with zstd, which is not read: convert the image (skopeo copy --dest-compress-format gzip)"
            )
        }
        var before = DigestStream()
        guard magic.starts(with: [0x1f, 0x8b]) else {
            guard stored.count <= limit else { throw tooMuch(limit) }
            try stored.stream { before.update($0[...]) }
            let digest = before.digest
            return Result(content: stored, stored: digest, unpacked: digest)
        }
        var after = DigestStream()
        var spool = try Spool()
        var reader = try GzipReader()
        var size = 0
        try stored.stream { piece in
            before.update(piece[...])
            try reader.read(piece) { output in
                size += output.count
                guard size <= limit else { throw tooMuch(limit) }
                after.update(output)
                try spool.append(output)
            }
        }
        try reader.finish()
        return Result(content: try spool.finished(), stored: before.digest, unpacked: after.digest)
    }

    private static func tooMuch(_ limit: Int) -> ImageError {
        ImageError("it unpacks to more than \(limit >> 20) MiB, which no image here should")
    }
}
