import GoBinary

/// The packages of a program, and those of its functions that are looked for.
struct LinkedCode {
    /// The import paths of the packages that have a function in the program.
    private(set) var packages: Set<String> = []
    /// The wanted functions that are in the program, by package.
    private(set) var functions: [String: Set<String>] = [:]
    /// Whether the table has the names that every program of Go has. Programs that hide names do not.
    private(set) var isReadable = false

    /// A package of which functions are wanted.
    private struct Wanted {
        let path: String
        /// How the symbols of the package begin, with the dot.
        let prefix: [UInt8]
        let functions: Set<String>
    }

    /// Searches a line table once.
    ///
    /// - Parameters:
    ///   - wanted: The names of functions by the import path of their package, as advisories write them.
    ///   - mainPath: The import path of the main package, whose symbols begin with `main`.
    init(_ table: LineTable, wanted: [String: Set<String>], mainPath: String) {
        let searched = LinkedCode.byBeginning(wanted, mainPath: mainPath)
        var last: [UInt8] = []
        var current: [Wanted] = []
        var starts: Set<[UInt8]> = []
        var found: [String: Set<String>] = [:]
        table.forEachFunctionName { name in
            guard let count = SymbolName.packageCount(name) else { return }
            // Most functions have neighbours of the same package.
            if count != last.count || !name.prefix(count).elementsEqual(last) {
                last = Array(name.prefix(count))
                starts.insert(last)
                current = searched[last] ?? []
            }
            for package in current where name.starts(with: package.prefix) {
                let symbol = String(decoding: name.dropFirst(package.prefix.count), as: UTF8.self)
                let functions = SymbolName.functions(symbol).filter(package.functions.contains)
                found[package.path, default: []].formUnion(functions)
            }
        }
        functions = found
        packages = Set(starts.map(SymbolName.unescaped)).union(found.keys)
        isReadable = packages.contains("main") && packages.contains("runtime")
        if !mainPath.isEmpty, packages.contains("main") { packages.insert(mainPath) }
    }

    /// The wanted packages by the first bytes of their symbols, up to the first dot after the last slash.
    ///
    /// Compilers that do not escape the path of a package leave a dot in it.
    private static func byBeginning(_ wanted: [String: Set<String>], mainPath: String) -> [[UInt8]: [Wanted]] {
        var packages: [[UInt8]: [Wanted]] = [:]
        for (path, functions) in wanted {
            for spelling in Set([SymbolName.escaped(path), path, path == mainPath ? "main" : path]) {
                let prefix = Array(spelling.utf8) + [UInt8(ascii: ".")]
                let element = (prefix.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
                let beginning = Array(prefix[..<element] + prefix[element...].prefix { $0 != UInt8(ascii: ".") })
                packages[beginning, default: []].append(Wanted(path: path, prefix: prefix, functions: functions))
            }
        }
        return packages
    }
}
