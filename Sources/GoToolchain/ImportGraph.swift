/// The imports of packages, to tell how a package got into a program.
struct ImportGraph {
    private let imports: [String: [String]]

    init(_ packages: [GoPackage]) {
        imports = Dictionary(packages.map { ($0.importPath, $0.imports) }) { first, _ in first }
    }

    /// A shortest chain of imports from one package to another, both included; nil if there is none.
    func chain(from start: String, to end: String) -> [String]? {
        var importers: [String: String] = [:]
        var reached: Set<String> = [start]
        var queue = [start]
        var next = 0
        while next < queue.count {
            let package = queue[next]
            next += 1
            if package == end { return path(to: end, from: start, importers) }
            for imported in imports[package] ?? [] where reached.insert(imported).inserted {
                importers[imported] = package
                queue.append(imported)
            }
        }
        return nil
    }

    /// A package and everything that it imports, directly or not.
    func closure(of start: String) -> Set<String> {
        var reached: Set<String> = [start]
        var waiting = [start]
        while let package = waiting.popLast() {
            waiting += (imports[package] ?? []).filter { reached.insert($0).inserted }
        }
        return reached
    }

    private func path(to end: String, from start: String, _ importers: [String: String]) -> [String] {
        var path = [end]
        while let last = path.last, last != start, let importer = importers[last] { path.append(importer) }
        return path.reversed()
    }
}
