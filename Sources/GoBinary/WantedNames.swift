/// Names to look for in a table of many names. Most of those are passed over by their length and last byte.
public struct WantedNames: Sendable {
    private let names: [[(bytes: [UInt8], text: String)]]
    /// For each length four words, with a bit for each last byte of a wanted name.
    private let lastBytes: [UInt64]

    /// Prepares a search, which can be used for any number of tables.
    public init(_ wanted: Set<String>) {
        let longest = wanted.map(\.utf8.count).max() ?? 0
        var names: [[(bytes: [UInt8], text: String)]] = Array(repeating: [], count: longest + 1)
        var lastBytes: [UInt64] = Array(repeating: 0, count: 4 * names.count)
        for text in wanted {
            let bytes = Array(text.utf8)
            guard let last = bytes.last else { continue }
            names[bytes.count].append((bytes, text))
            lastBytes[4 * bytes.count + Int(last >> 6)] |= 1 << UInt64(last & 63)
        }
        self.names = names
        self.lastBytes = lastBytes
    }

    /// The wanted name that a name of the table is; nil if it is none of them.
    func match(_ name: Slice<UnsafeRawBufferPointer>) -> String? {
        guard name.count < names.count, let last = name.last,
            lastBytes[4 * name.count + Int(last >> 6)] & 1 << UInt64(last & 63) != 0
        else { return nil }
        return names[name.count].first { name.elementsEqual($0.bytes) }?.text
    }
}
