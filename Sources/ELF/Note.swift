/// A note of a PT_NOTE segment (gABI "Note Section").
public struct Note: Sendable, Hashable {
    /// At most this many bytes of a PT_NOTE are read. Only core files have longer ones.
    static let maximumSize = 64 << 10
    /// What Linux reads of PT_GNU_PROPERTY, in bytes (`NOTE_DATA_SZ` in fs/binfmt_elf.c).
    static let maximumPropertySize = 1024

    /// Who defines the type: `GNU`, `Go`, `FreeBSD`…
    public let owner: String
    /// `n_type`, whose meaning depends on the owner.
    public let type: UInt32
    /// The bytes of the descriptor.
    public let descriptor: [UInt8]
}
