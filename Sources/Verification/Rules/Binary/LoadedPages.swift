import ELF

/// The pages that the kernel maps for the PT_LOADs, in the order in which it does so (`elf_load` in fs/binfmt_elf.c).
///
/// A segment takes whole pages, and a later mapping replaces an earlier one. So a segment can lose bytes to one whose
/// addresses are others.
struct LoadedPages {
    /// What one step maps.
    struct Piece {
        /// The index of the segment among the PT_LOADs.
        let segment: Int
        /// Whole pages.
        let addresses: Range<UInt64>
        /// The distance from a byte's offset in the file to its address; nil for zeroed memory.
        let distance: UInt64?
        let flags: Segment.Flags

        /// Whether this piece, mapped over another, leaves the bytes there and the rights to them as they were.
        fileprivate func preserves(_ other: Piece) -> Bool {
            distance != nil && distance == other.distance && flags.isSuperset(of: other.flags)
        }
    }

    let pieces: [Piece]

    /// Maps the segments with pages of some size, a power of two.
    init(_ loads: [Segment], pageSize: UInt64) {
        func start(_ address: UInt64) -> UInt64 { address & ~(pageSize - 1) }
        func end(_ address: UInt64) -> UInt64 {
            let (sum, overflow) = address.addingReportingOverflow(pageSize - 1)
            return overflow ? start(.max) : start(sum)
        }
        pieces = loads.enumerated().flatMap { index, load -> [Piece] in
            guard let inFile = load.fileBackedAddresses, let inMemory = load.addresses else { return [] }
            var pieces: [Piece] = []
            if !inFile.isEmpty, start(inFile.lowerBound) < end(inFile.upperBound) {
                pieces.append(
                    Piece(
                        segment: index, addresses: start(inFile.lowerBound)..<end(inFile.upperBound),
                        distance: load.address &- load.offset, flags: load.flags))
            }
            let zeroed = inFile.isEmpty ? start(inMemory.lowerBound) : end(inFile.upperBound)
            if zeroed < end(inMemory.upperBound), !inMemory.isEmpty {
                pieces.append(
                    Piece(
                        segment: index, addresses: zeroed..<end(inMemory.upperBound), distance: nil,
                        flags: load.flags.union([.readable, .writable])))
            }
            return pieces
        }
    }

    /// Two segments of which the later takes a page away from the earlier; nil if there are none.
    var conflict: (earlier: Piece, later: Piece)? {
        // Sorted by address, a piece needs to be compared only with those that begin before it ends.
        let sorted = pieces.sorted { $0.addresses.lowerBound < $1.addresses.lowerBound }
        for (index, piece) in sorted.enumerated() {
            for next in sorted[(index + 1)...] {
                guard next.addresses.lowerBound < piece.addresses.upperBound else { break }
                let (earlier, later) = piece.segment <= next.segment ? (piece, next) : (next, piece)
                if earlier.segment != later.segment, !later.preserves(earlier) { return (earlier, later) }
            }
        }
        return nil
    }
}
