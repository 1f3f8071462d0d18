/// Functions of the C library that rules look for in a symbol table.
enum CFunction: String, CaseIterable {
    case openCharacterSet = "iconv_open"
    case openLibrary = "dlopen"
}
