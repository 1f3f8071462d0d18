import ELF

/// What the C library leaves in a static program, and what of it the program's own code calls.
struct CMarks: Sendable {
    /// The texts that are loaded, of those that say something of this file.
    private(set) var texts: Set<CText> = []
    /// Whether code calls dlopen directly.
    private(set) var callsOpenLibrary = false

    private let wanted: [CText]
    private let openLibrary: UInt64?
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
        machine = image.header.machine
        openLibrary = symbols[CFunction.openLibrary.rawValue]
        wanted = CText.allCases.filter { text in
            switch text {
            case .nameServiceLibrary: true
            case .characterSetModules: symbols[CFunction.openCharacterSet.rawValue] != nil
            case .runPathAssertion, .libraryPathAssertion: text.entry.map(image.holdsEntry) ?? false
            }
        }
    }

    /// The names of the functions that are looked for.
    static let symbols = Set(CFunction.allCases.map(\.rawValue))

    /// Looks at some of what is loaded.
    mutating func look(at load: LoadedBytes) {
        for text in wanted where !texts.contains(text) && load.holds(text.bytes) { texts.insert(text) }
        guard let openLibrary, !callsOpenLibrary else { return }
        callsOpenLibrary = load.hasDirectCall(of: openLibrary, on: machine)
    }
}

extension ELFImage {
    /// Whether a dynamic table holds an entry of some kind.
    func holdsEntry(_ tag: DynamicEntry.Tag) -> Bool {
        dynamicTables.contains { $0.entries.contains { $0.tag == tag } }
    }
}
