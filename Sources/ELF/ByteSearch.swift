internal import Glibc

extension ELFImage {
    /// Whether some bytes stand, one behind the other, in what the kernel loads of the file.
    public func isLoaded(_ run: [UInt8]) -> Bool {
        loads.contains { $0.bytes.holds(run) }
    }

    /// Whether some bytes stand, one behind the other, anywhere in the file, as far as it was read.
    public func holds(_ run: [UInt8]) -> Bool { content.pieces(in: 0..<size).contains { $0.bytes.holds(run) } }
}

extension ArraySlice<UInt8> {
    fileprivate func holds(_ run: [UInt8]) -> Bool {
        guard let first = run.first else { return false }
        return unsafe withUnsafeBytes { bytes in
            var place = 0
            while let base = bytes.baseAddress, place <= bytes.count - run.count,
                let hit = unsafe memchr(base + place, Int32(first), bytes.count - run.count - place + 1)
            {
                let start = unsafe UnsafeRawPointer(hit) - base
                if unsafe bytes[start..<start + run.count].elementsEqual(run) { return true }
                place = start + 1
            }
            return false
        }
    }
}
