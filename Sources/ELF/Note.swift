/// One note of a PT_NOTE segment (gABI "Note Section").
public struct Note: Sendable, Hashable {
    /// What is read of one PT_NOTE, in bytes; core files apart, none is that long.
    static let maximumSize = 64 << 10
    /// What Linux reads of PT_GNU_PROPERTY, in bytes (`NOTE_DATA_SZ` in fs/binfmt_elf.c).
    static let maximumPropertySize = 1024

    /// Who defines the type: `GNU`, `Go`, `FreeBSD`…
    public let owner: String
    /// `n_type`, a number whose meaning the owner gives.
    public let type: UInt32
    /// The descriptor.
    public let descriptor: [UInt8]
}
