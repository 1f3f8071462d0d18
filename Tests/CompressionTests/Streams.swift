@testable import Compression

/// Decompresses a whole stream that arrives in pieces.
///
/// - Parameter piece: The size of the pieces in bytes.
func decompressed<Reader: Decompressor & ~Copyable>(
    _ bytes: [UInt8], by _: Reader.Type, piece: Int = .max
) throws -> [UInt8] {
    var reader = try Reader()
    var output: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
        try reader.read(Array(rest.prefix(piece))) { output += $0 }
        rest = rest.dropFirst(piece)
    }
    try reader.finish()
    return output
}

/// Bytes that neither repeat nor are random, from a linear congruence.
func sample(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(state >> 28)
    }
}
