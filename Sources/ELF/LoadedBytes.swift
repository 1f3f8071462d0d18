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

    /// Bytes of a segment that begins at some byte of the file.
    init(_ bytes: ArraySlice<UInt8>, at offset: Int, of segment: Segment, from start: Int) {
        address = segment.address &+ UInt64(offset - start)
        self.offset = offset
        flags = segment.flags
        self.bytes = bytes
    }

    private init(_ other: LoadedBytes, droppingFirst count: Int) {
        address = other.address &+ UInt64(count)
        offset = other.offset + count
        flags = other.flags
        bytes = other.bytes.dropFirst(count)
    }

    /// All but the first of them.
    public func dropFirst(_ count: Int) -> LoadedBytes { LoadedBytes(self, droppingFirst: count) }
}
