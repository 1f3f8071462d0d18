import ELF

/// What the C library leaves in a static program: texts of what is loaded, and functions of the symbol table.
struct CMarks: Sendable {
    /// The texts that are loaded, of those that say something of this file.
    private(set) var texts: Set<CText> = []
    /// The functions that the symbol table defines.
    let definedFunctions: Set<CFunction>
    /// The functions that code calls directly.
    private(set) var calledFunctions: Set<CFunction> = []

    private let wanted: [CText]
    private let addresses: [CFunction: UInt64]
    private let machine: Machine

    /// Looks through a file that was read whole.
    init(in image: ELFImage) {
        self.init(of: image, symbols: image.addresses(ofSymbols: CMarks.symbols))
        for load in image.loads { look(at: load) }
    }

    /// Nothing was looked at yet.
    ///
    /// - Parameter symbols: The addresses of those of ``symbols`` that the file defines.
    init(of image: ELFImage, symbols: [String: UInt64]) {
        let functions = symbols.compactMap { name, address in CFunction(rawValue: name).map { ($0, address) } }
        let addresses = Dictionary(uniqueKeysWithValues: functions)
        self.addresses = addresses
        definedFunctions = Set(addresses.keys)
        machine = image.header.machine
        let tags = Set(image.dynamicTables.flatMap(\.entries).map(\.tag))
        wanted = CText.allCases.filter { text in
            switch text {
            case .nameServiceLibrary: true
            case .characterSetModules: addresses[.openCharacterSet] != nil
            case .runPathAssertion: tags.contains(.runPath)
            case .libraryPathAssertion: tags.contains(.libraryPath)
            }
        }
    }

    /// The names of the functions that are looked for.
    static let symbols = Set(CFunction.allCases.map(\.rawValue))

    /// Looks at some of what is loaded.
    mutating func look(at load: LoadedBytes) {
        for text in wanted where !texts.contains(text) && load.holds(text.bytes) { texts.insert(text) }
        for (function, address) in addresses where !calledFunctions.contains(function) {
            if load.hasDirectCall(of: address, on: machine) { calledFunctions.insert(function) }
        }
    }
}
