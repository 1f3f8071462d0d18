/// The capabilities that a file gives to the program in it: the extended attribute `security.capability`.
///
/// Source: capabilities(7), "File capabilities"; struct vfs_cap_data of linux/capability.h.
struct FileCapabilities: Hashable {
    /// The capabilities that the program gets, by their numbers.
    let permitted: Set<Int>
    /// Whether execve(2) fails if the program cannot get them all.
    let isEffective: Bool

    /// Reads the attribute; nil if the kernel does not take it.
    init?(_ bytes: [UInt8]) {
        func word(_ index: Int) -> UInt32 {
            bytes[(index * 4)..<(index * 4 + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        guard bytes.count >= 12, let size = FileCapabilities.sizes[word(0) >> 24], bytes.count == size else {
            return nil
        }
        isEffective = word(0) & 1 != 0
        let halves = size > 12 ? [word(1), word(3)] : [word(1)]
        permitted = Set(
            halves.enumerated().flatMap { half, bits in (0..<32).filter { bits >> $0 & 1 != 0 }.map { half * 32 + $0 } }
        )
    }

    /// The sizes of the revisions, in bytes.
    private static let sizes: [UInt32: Int] = [1: 12, 2: 20, 3: 24]

    /// Those that engines let a container have by default (moby, oci/caps/defaults.go).
    private static let usual: Set = [0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31]

    /// Those without which the kernel refuses to start the program, and that engines do not give by default.
    var missing: [Int] { isEffective ? permitted.subtracting(FileCapabilities.usual).sorted() : [] }
}
