/// Distinct file names for programs: the name that go gives, with more of the import path in front if two are the same.
struct OutputNames {
    private let names: [String: String]

    init(_ packages: [GoPackage]) {
        var names: [String: String] = [:]
        for (base, group) in Dictionary(grouping: Set(packages), by: \.programName) {
            if group.count == 1, let only = group.first {
                names[only.importPath] = base
                continue
            }
            let longest = group.map { $0.importPath.split(separator: "/").count }.max() ?? 1
            let depth = (2...max(2, longest)).first { depth in
                Set(group.map { OutputNames.tail($0.importPath, depth) }).count == group.count
            }
            for package in group { names[package.importPath] = OutputNames.tail(package.importPath, depth ?? longest) }
        }
        self.names = names
    }

    subscript(package: GoPackage) -> String { names[package.importPath] ?? package.programName }

    private static func tail(_ path: String, _ depth: Int) -> String {
        path.split(separator: "/").suffix(depth).joined(separator: "-")
    }
}
