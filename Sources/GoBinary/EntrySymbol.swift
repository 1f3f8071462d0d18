public import ELF

/// The name of the function that a program starts with when Go's own linker made it, `_rt0_amd64_linux`.
public enum EntrySymbol {
    /// Whether the loaded bytes hold that name for any system: then no C start-up code is there to relocate the program.
    ///
    /// The name stands in Go's function table, which `-s -w` does not strip.
    public static func isPresent(in image: ELFImage, goarch: String) -> Bool {
        let name = [0] + Array("_rt0_\(goarch)_linux".utf8) + [0]
        return image.segments.contains { segment in
            segment.kind == .load && image.bytes(of: segment).contains(run: name)
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func contains(run: [UInt8]) -> Bool {
        withContiguousStorageIfAvailable { bytes in
            guard bytes.count >= run.count else { return false }
            // The second byte is far rarer than the first, a zero.
            for index in 0...(bytes.count - run.count) where bytes[index + 1] == run[1] {
                if bytes[index..<index + run.count].elementsEqual(run) { return true }
            }
            return false
        } ?? false
    }
}
