import Attestation
import Compression

/// A layer: a tar archive, compressed or not, with the digests that manifests and configurations name it by.
public struct Layer: Sendable {
    /// The bytes as they are stored.
    let blob: [UInt8]
    /// Of the stored bytes.
    let descriptor: Descriptor
    /// Of the tar archive.
    let diffID: Digest
    /// The size of the tar archive in bytes.
    public let unpackedSize: Int
    /// How it came to be, for the image's history.
    let origin: String
    /// The files that it holds, with their sizes in bytes.
    public let files: [(path: String, size: Int)]

    /// How layers are stored.
    public enum Compression: String, Sendable, CaseIterable {
        /// As tar archives, the same bytes whatever version of zlib there is.
        case none
        /// With gzip.
        case gzip
    }

    /// The files of a root.
    ///
    /// - Throws: `ImageError` for a program that no gate has let through.
    init(root entries: [TarEntry], time: Int, compression: Compression) throws {
        if let stray = entries.first(where: \.isStray) {
            throw ImageError("/\(stray.path) is a program that no gate has let through")
        }
        try self.init(entries, origin: "staticcheck: what the program needs", time: time, compression: compression)
    }

    /// A program: only what a gate has let through can become one.
    init(_ binary: StampedBinary, at path: String, time: Int, compression: Compression) throws {
        try self.init(
            TarEntry.complete([.program(path, binary)]),
            origin: "staticcheck: the program, verified \(binary.digest.inOCI)", time: time,
            compression: compression)
    }

    private init(_ entries: [TarEntry], origin: String, time: Int, compression: Compression) throws {
        let archive = TarWriter.archive(entries, time: time)
        diffID = Digest(of: archive)
        unpackedSize = archive.count
        switch compression {
        case .none:
            blob = archive
            descriptor = Descriptor(.tar, digest: diffID, size: archive.count)
        case .gzip:
            blob = try Gzip.compressed(archive)
            descriptor = Descriptor(.tarGzip, digest: Digest(of: blob), size: blob.count)
        }
        files = entries.filter { $0.kind != .folder }.map { ($0.path, $0.content.count) }
        self.origin = origin
    }

    /// The size as it is stored and pulled, in bytes.
    public var size: Int { blob.count }
}
