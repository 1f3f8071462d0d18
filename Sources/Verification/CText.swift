/// Texts by which the C library is known, and what of it a static program brings.
enum CText: String, CaseIterable {
    case nameServiceLibrary = "libnss_"
    case characterSetModules = "gconv-modules"
    case runPathAssertion = "info[DT_RUNPATH] == NULL"
    case libraryPathAssertion = "info[DT_RPATH] == NULL"

    /// The text's bytes.
    var bytes: [UInt8] { Array(rawValue.utf8) }

    /// The bytes of the longest.
    static let maximumCount = allCases.map(\.bytes.count).max() ?? 0
}
