import ELF

/// Texts of the C library, by which rules know what of it a static program brings.
enum CText: String, CaseIterable {
    case nameServiceLibrary = "libnss_"
    /// It says something only where the program defines iconv_open.
    case characterSetModules = "gconv-modules"
    /// It says something only where the program has the entry that it speaks of, as does the next.
    case runPathAssertion = "info[DT_RUNPATH] == NULL"
    case libraryPathAssertion = "info[DT_RPATH] == NULL"

    /// The dynamic entry that the C library asserts not to be there.
    var entry: DynamicEntry.Tag? {
        switch self {
        case .runPathAssertion: .runPath
        case .libraryPathAssertion: .libraryPath
        case .nameServiceLibrary, .characterSetModules: nil
        }
    }

    /// The text's bytes.
    var bytes: [UInt8] { Array(rawValue.utf8) }

    /// The bytes of the longest.
    static let maximumCount = allCases.map(\.bytes.count).max() ?? 0
}
