import ELF
import Files

/// What the writable data of a Go program says: its build info, and which line table is its own.
///
/// The data is searched piece by piece, because a file can claim gigabytes of it.
struct WritableData {
    /// The first complete build info; nil if there is none.
    private(set) var buildInfo: BuildInfo?
    /// The first candidate whose address is in an aligned word, as in `runtime.firstmoduledata`.
    private(set) var lineTable: LineTableCandidate?

    /// A magic number and a word at any place are whole in some piece.
    private static let overlap = 16

    /// Searches the writable PT_LOADs in the order of the file.
    init<Source: ByteSource & ~Copyable>(
        of image: ELFImage, candidates: [LineTableCandidate], in source: borrowing Source
    ) throws(FileError) {
        let references = References(candidates, image.header)
        var failure: FileError?
        for load in image.loads where load.segment.flags.contains(.writable) {
            try load.forEachPiece(of: source, overlap: WritableData.overlap) { piece in
                if lineTable == nil { lineTable = references.first(in: piece, of: load) }
                do throws(FileError) {
                    if buildInfo == nil { buildInfo = try BuildInfo(in: piece, of: load, source) }
                } catch {
                    failure = error
                }
                return failure == nil && (buildInfo == nil || lineTable == nil && !candidates.isEmpty)
            }
            if let failure { throw failure }
        }
    }

    /// Finds the address of a candidate in data.
    private struct References {
        private let candidates: [LineTableCandidate]
        private let addresses: [UInt64]
        private let range: ClosedRange<UInt64>
        private let header: ELFHeader

        init(_ candidates: [LineTableCandidate], _ header: ELFHeader) {
            self.candidates = candidates
            self.header = header
            addresses = candidates.map(\.address)
            range = (addresses.min() ?? 0)...(addresses.max() ?? 0)
        }

        /// The candidate whose address comes first in a piece of a load. Words are aligned to the start of the load.
        func first(in piece: LoadedBytes, of load: LoadedRange) -> LineTableCandidate? {
            guard !candidates.isEmpty else { return nil }
            let wordSize = header.elfClass.bits / 8
            let misalignment = (piece.offset - load.range.lowerBound) % wordSize
            let words = WordReader(piece.bytes.dropFirst((wordSize - misalignment) % wordSize), header)
            let address = words.first { range.contains($0) && addresses.contains($0) }
            return address.flatMap { address in candidates.first { $0.address == address } }
        }
    }
}
