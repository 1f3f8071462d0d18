/// A symbol that a file leaves to its libraries.
public struct ImportedSymbol: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The library that must define it; nil where the file does not say.
    public let library: String?
}

extension ELFImage {
    /// The names that the symbol table defines, out of those asked for; none where the table is stripped.
    ///
    /// The table is found by section headers, so what it says explains and decides nothing.
    public func definedSymbols(among wanted: Set<String>) -> Set<String> {
        withHandle { $0.definedSymbols(among: wanted) } ?? []
    }

    /// The name of what lies at an address, where the symbol table is there and says so.
    public func symbol(covering address: UInt64) -> String? {
        withHandle { $0.symbol(covering: address) } ?? nil
    }

    /// The symbols that the file leaves to its libraries, in the order of its dynamic symbol table.
    public var importedSymbols: [ImportedSymbol] { withHandle { $0.importedSymbols() } ?? [] }

    func withHandle<Value>(_ body: (borrowing LibelfHandle) -> Value) -> Value? {
        unsafe bytes.span.withUnsafeBytes { buffer in
            guard let handle = unsafe try? LibelfHandle(buffer) else { return nil }
            return body(handle)
        }
    }
}
