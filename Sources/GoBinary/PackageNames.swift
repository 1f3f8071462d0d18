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
            guard !head.elementsEqual(last), !LineTable.isOfC(name, head: head) else { return }
            last = Array(head)
            heads.insert(last)
        }
        let packages = Set(heads.map { SizeBreakdown.package(ofFunction: $0[...]) })
        // Names of assembly, and of closures in methods of the compiler.
        return packages.subtracting(["other", "_"])
    }

    /// The first functions of a package in the table.
    ///
    /// - Parameters:
    ///   - package: The import path, or `main`.
    ///   - count: How many are wanted.
    public func functions(of package: String, first count: Int) -> [String] {
        var found: [String] = []
        var last: [UInt8] = []
        var isOfPackage = false
        functionNames.forEach { name in
            guard found.count < count else { return }
            let head = LineTable.head(of: name)
            if !head.elementsEqual(last) {
                last = Array(head)
                isOfPackage = SizeBreakdown.package(ofFunction: last[...]) == package
            }
            if isOfPackage { found.append(String(decoding: name, as: UTF8.self)) }
        }
        return found
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

    /// Whether the name is that of a part of a C function, which the compiler has split off: `x_cgo_munmap.cold`, `f.part.0`.
    private static func isOfC(
        _ name: Slice<UnsafeRawBufferPointer>, head: Slice<UnsafeRawBufferPointer>
    ) -> Bool {
        guard !head.contains(UInt8(ascii: "/")), let dot = head.firstIndex(of: UInt8(ascii: ".")) else { return false }
        let parts = String(decoding: name[(dot + 1)...], as: UTF8.self).split(
            separator: ".", omittingEmptySubsequences: false)
        return parts.first.map { splitParts.contains(String($0)) } ?? false
            && parts.dropFirst().allSatisfy { Int($0) != nil || splitParts.contains(String($0)) }
    }

    /// Source: GCC, `clone_function_name` and its callers.
    private static let splitParts: Set<String> = [
        "cold", "constprop", "isra", "localalias", "lto_priv", "part",
    ]

    private static let ends: Set<UInt8> = Set("[({ ".utf8)
}
