import ELF

/// Functions of the C library that rules look for in a symbol table.
enum CFunction: String, CaseIterable {
    case openCharacterSet = "iconv_open"
    case openLibrary = "dlopen"

    static let names = Set(allCases.map(\.rawValue))
}

/// Texts of the C library that tell rules which parts of it a static program contains.
enum CText: String, CaseIterable {
    case nameServiceLibrary = "libnss_"
    /// Only in a program that defines iconv_open it means something.
    case characterSetModules = "gconv-modules"
    /// Only in a program with the dynamic entry that it names it means something, as does the next.
    case runPathAssertion = "info[DT_RUNPATH] == NULL"
    case libraryPathAssertion = "info[DT_RPATH] == NULL"

    /// The dynamic entry that the C library asserts to be missing.
    var entry: DynamicEntry.Tag? {
        switch self {
        case .runPathAssertion: .runPath
        case .libraryPathAssertion: .libraryPath
        case .nameServiceLibrary, .characterSetModules: nil
        }
    }

    var bytes: [UInt8] { Array(rawValue.utf8) }

    /// The length of the longest text in bytes.
    static let maximumCount = allCases.map(\.bytes.count).max() ?? 0
}

/// What the C library left in a static program.
struct CLibrary: Evidence {
    static let reading = Reading.cLibrary

    /// The texts in loaded bytes, of those that mean something for the program.
    let texts: Set<CText>
    /// Whether the program's code calls dlopen directly.
    let callsOpenLibrary: Bool

    init?(of subject: Subject) {
        guard let library = subject.evidence.cLibrary else { return nil }
        self = library
    }

    /// Keeps the marks that mean something: all of them in C code; in other static programs only those of the start code
    /// that relocates a static-pie, which the C library may have brought.
    init(_ marks: CMarks, isC: Bool) {
        texts = marks.texts.filter { isC || $0.entry != nil }
        callsOpenLibrary = isC && marks.callsOpenLibrary
    }
}

/// The search for traces of the C library in the loaded bytes of a program.
struct CMarks {
    private(set) var texts: Set<CText> = []
    private(set) var callsOpenLibrary = false

    private let wanted: [CText]
    private let openLibrary: UInt64?
    private let machine: Machine

    /// Starts a search.
    ///
    /// - Parameter symbols: The addresses that the symbol table defines for ``CFunction/names``.
    init(of image: ELFImage, symbols: [String: UInt64]) {
        machine = image.header.machine
        openLibrary = symbols[CFunction.openLibrary.rawValue]
        let tags = Set(image.dynamicTables.flatMap(\.entries).map(\.tag))
        wanted = CText.allCases.filter { text in
            switch text {
            case .nameServiceLibrary: true
            case .characterSetModules: symbols[CFunction.openCharacterSet.rawValue] != nil
            case .runPathAssertion, .libraryPathAssertion: text.entry.map(tags.contains) ?? false
            }
        }
    }

    /// Looks at the next piece of the loaded bytes.
    mutating func look(at piece: LoadedBytes) {
        for text in wanted where !texts.contains(text) && piece.holds(text.bytes) { texts.insert(text) }
        guard let openLibrary, !callsOpenLibrary else { return }
        callsOpenLibrary = piece.hasDirectCall(of: openLibrary, on: machine)
    }
}
