import ELF

/// The functions of the C library that rules look for in a symbol table.
enum CFunction: String, CaseIterable {
    case openCharacterSet = "iconv_open"
    case openLibrary = "dlopen"

    static let names = Set(allCases.map(\.rawValue))
}

/// Texts that show which parts of the C library a static program contains.
enum CText: String, CaseIterable {
    case nameServiceLibrary = "libnss_"
    /// Means something only in a program that defines iconv_open.
    case characterSetModules = "gconv-modules"
    /// This and the next mean something only in a program with the dynamic entry that they name.
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

/// Traces of the C library in a static program.
struct CLibrary: Evidence {
    static let reading = Reading.cLibrary

    /// The texts in loaded bytes that mean something for the program.
    let texts: Set<CText>
    /// Whether the program's code calls dlopen directly.
    let callsOpenLibrary: Bool
    /// The libraries that their texts name, sorted.
    let linked: [LinkedLibrary]

    init?(of subject: borrowing Subject) {
        guard let library = subject.evidence.cLibrary else { return nil }
        self = library
    }

    /// Keeps the marks that mean something: all of them in C code; in other static programs only those of the code that
    /// relocates a static-pie, because the C library may have provided it.
    init(_ marks: CMarks, isC: Bool) {
        texts = marks.texts.filter { isC || $0.entry != nil }
        callsOpenLibrary = isC && marks.callsOpenLibrary
        linked = isC ? marks.linked.sorted() : []
    }
}

/// The search for traces of the C library in the loaded bytes of a program.
struct CMarks {
    private(set) var texts: Set<CText> = []
    private(set) var callsOpenLibrary = false
    private(set) var linked: Set<LinkedLibrary> = []

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

    /// Searches the next piece of the loaded bytes.
    mutating func look(at piece: LoadedBytes) {
        for text in wanted where !texts.contains(text) && piece.holds(text.bytes) { texts.insert(text) }
        linked.formUnion(LinkedLibrary.found(in: piece))
        guard let openLibrary, !callsOpenLibrary else { return }
        callsOpenLibrary = piece.hasDirectCall(of: openLibrary, on: machine)
    }
}
