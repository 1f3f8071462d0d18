extension LineTable {
    /// The import paths of the packages that functions of the program belong to, `main` for the program's own, without duplicates.
    ///
    /// The table also names functions that were inlined everywhere. A package that has no functions, only types and
    /// constants, is not in it.
    public var packages: Set<String> {
        var heads: Set<[UInt8]> = []
        // Most functions of a package are neighbours, and only a new beginning is made a string.
        var last: [UInt8] = []
        functionNames.forEach { name in
            let head = LineTable.head(of: name)
            guard !head.elementsEqual(last) else { return }
            last = Array(head)
            heads.insert(last)
        }
        let packages = Set(heads.map { SizeBreakdown.package(ofFunction: String(decoding: $0, as: UTF8.self)) })
        // Names of assembly, and of closures in methods of the compiler.
        return packages.subtracting(["other", "_"])
    }

    /// The part of a function's name that its package depends on: up to the first dot after the last slash, with that dot. A
    /// bracket, brace or blank ends the search, because paths in type arguments are not the package.
    private static func head(of name: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var end = name.startIndex
        var dot: Int?
        while end < name.endIndex, !ends.contains(name[end]) {
            if name[end] == UInt8(ascii: "/") {
                dot = nil
            } else if name[end] == UInt8(ascii: "."), dot == nil {
                dot = end
            }
            end += 1
        }
        guard let dot else { return name[name.startIndex..<end] }
        // The compiler's own names, type..hash, have their second dot first.
        return name[name.startIndex..<min(dot + 2, name.endIndex)]
    }

    private static let ends: Set<UInt8> = Set("[({ ".utf8)
}
