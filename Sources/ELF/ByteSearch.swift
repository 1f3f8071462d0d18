extension LoadedBytes {
    /// Whether the bytes contain a run of bytes.
    public func holds(_ run: [UInt8]) -> Bool { bytes.holds(run) }
}

extension ArraySlice<UInt8> {
    /// Whether the bytes contain a run of bytes; false for an empty run.
    package func holds(_ run: [UInt8]) -> Bool {
        guard let first = run.first, let last = run.last else { return false }
        let lanes = 64
        return unsafe withUnsafeBytes { bytes in
            func begins(at place: Int) -> Bool { unsafe bytes[place..<place + run.count].elementsEqual(run) }
            var place = 0
            let lastBlock = bytes.count - lanes - run.count
            while place <= lastBlock {
                // Compares the first and last byte at 64 places together. Without branches the compiler turns this loop into
                // a few vector instructions.
                var hits: UInt8 = 0
                for lane in 0..<lanes {
                    let start = unsafe bytes.loadUnaligned(fromByteOffset: place &+ lane, as: UInt8.self)
                    let end = unsafe bytes.loadUnaligned(
                        fromByteOffset: place &+ lane &+ run.count &- 1, as: UInt8.self)
                    hits |= (start == first ? 1 : 0) & (end == last ? 1 : 0)
                }
                if hits != 0, (place..<place + lanes).contains(where: begins) { return true }
                place &+= lanes
            }
            return place + run.count <= bytes.count && (place...bytes.count - run.count).contains(where: begins)
        }
    }
}
