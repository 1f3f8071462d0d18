/// One section header. Sections may be stripped or lie: they serve a report on sizes, never a verdict.
public struct Section: Sendable, Hashable {
    /// The name, or an empty text where it cannot be read.
    public let name: String
    /// `sh_type`.
    public let type: UInt32
    /// `sh_size`, in bytes; a section without bits in the file counts as 0.
    public let size: UInt64
}
