/// A symbol that a file leaves to its libraries.
public struct ImportedSymbol: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The library that must define it; nil where the file does not say.
    public let library: String?
}

extension ELFImage {
    /// The addresses of those of some symbols that the symbol table defines; none where the table is stripped, or the file
    /// was not read whole.
    ///
    /// The table is found by section headers, so what it says explains and warns, and makes nothing ready.
    public func addresses(ofSymbols wanted: Set<String>) -> [String: UInt64] {
        withHandle { $0.addresses(ofSymbols: wanted) } ?? [:]
    }

    /// The name of what lies at an address, where the symbol table is there and says so; the file must have been read whole.
    public func symbol(covering address: UInt64) -> String? { withHandle { $0.symbol(covering: address) } ?? nil }

    private func withHandle<Value>(_ body: (borrowing LibelfHandle) -> Value) -> Value? {
        guard let bytes = content.bytes(in: 0..<size) else { return nil }
        return unsafe bytes.span.withUnsafeBytes { buffer in
            guard let handle = unsafe try? LibelfHandle(buffer) else { return nil }
            return body(handle)
        }
    }
}
