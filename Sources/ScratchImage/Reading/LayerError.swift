public import Attestation

/// Why a layer cannot be used. What is wrong inside its archive is a `TarError`.
public enum LayerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The stored bytes do not have the digest that the manifest names.
    case storedDigest(expected: Digest, found: Digest)
    /// The uncompressed archive does not have the digest that the configuration names; nil if it names none.
    case unpackedDigest(expected: String?, found: Digest)
    /// The layer is compressed in a way that the specification does not know.
    case unknownCompression(String)
    /// The layers unpack to more bytes than are read.
    case tooLarge(limit: Int)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .storedDigest(let expected, let found):
            "the layer was changed: the manifest says \(expected.inOCI), its digest is \(found.inOCI)"
        case .unpackedDigest(let expected?, let found):
            "no runtime accepts the layer: the configuration says \(expected) for the unpacked layer, its digest is "
                + found.inOCI
        case .unpackedDigest(nil, let found):
            "no runtime accepts the layer: the configuration has no digest for it (diff_ids); it is \(found.inOCI)"
        case .unknownCompression(let name):
            "is compressed with \(name), which not every runtime unpacks: images have gzip and zstd"
        case .tooLarge(let limit): "unpacks to more than \(limit >> 20) MiB, the limit"
        }
    }
}
