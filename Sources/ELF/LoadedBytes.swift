/// Bytes that the kernel loads.
public struct LoadedBytes: Sendable {
    /// The virtual address of the first.
    public let address: UInt64
    /// The place of the first in the file.
    public let offset: Int
    /// The permissions of their segment.
    public let flags: Segment.Flags
    /// The bytes.
    public let bytes: ArraySlice<UInt8>

    /// All but the first of them.
    public func dropFirst(_ count: Int) -> LoadedBytes {
        LoadedBytes(
            address: address &+ UInt64(count), offset: offset + count, flags: flags, bytes: bytes.dropFirst(count))
    }
}

extension LoadedBytes {
    /// Bytes of a segment that begins at some byte of the file.
    init(_ bytes: ArraySlice<UInt8>, at offset: Int, of segment: Segment, from start: Int) {
        self.init(
            address: segment.address &+ UInt64(offset - start), offset: offset, flags: segment.flags, bytes: bytes)
    }
}
