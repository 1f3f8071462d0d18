import GoBinary

/// What demands are checked against: the build info of a program and the names in its line table.
///
/// What is missing or garbled makes a demand unknown, never held.
struct DemandedProgram {
    let info: BuildInfo?
    let table: LineTable?
    /// The import paths of the packages with functions; `main` is replaced by its path.
    let packages: Set<String>
    /// Why the names of packages and functions say nothing; nil if they can be read.
    let unreadableNames: String?
    /// A package that belongs to Go, to the main package, or to a module of the build info; this one does not. nil if all do.
    let stranger: String?

    /// The answer to a demand, with what shows it.
    enum Answer {
        case held(String)
        case violated(String)
        case unknown(String)
    }

    init(_ subject: Subject) {
        let info = subject.buildInfo
        let names = subject.lineTable?.packages ?? []
        self.info = info
        table = subject.lineTable
        let mainPath = info.map(\.path).flatMap { $0.isEmpty ? nil : $0 }
        packages = Set(names.map { $0 == "main" ? mainPath ?? $0 : $0 })
        let modules = DemandedProgram.modules(of: info)
        let paths = ModulePaths(modules.map(\.importedPath))
        let stranger = names.filter { name in
            name != "main" && name != mainPath && !StandardLibrary.contains(name) && paths.owner(of: name) == nil
        }.min()
        self.stranger = stranger
        unreadableNames = DemandedProgram.fault(of: names, stranger: stranger, hasModules: !modules.isEmpty)
    }

    private static func modules(of info: BuildInfo?) -> [BuildInfo.Module] {
        (info?.main.map { [$0] } ?? []) + (info?.dependencies ?? [])
    }

    /// The modules that the program is made of.
    var modules: [BuildInfo.Module] { DemandedProgram.modules(of: info) }

    /// Builds without modules (GOPATH, Bazel) name none. Their packages still have the paths of hosts, with a dot.
    private static func fault(of names: Set<String>, stranger: String?, hasModules: Bool) -> String? {
        guard !names.isEmpty else { return "the file has no line table of Go" }
        guard names.contains("runtime"), names.contains("main") else {
            return "the line table names neither the runtime nor package main"
        }
        guard let stranger, hasModules || !stranger.prefix(while: { $0 != "/" }).contains(".") else { return nil }
        return
            "the line table names package '\(stranger)', which is neither Go's nor of a module in the build info: names "
            + "may be garbled"
    }

    func check(denyingPackages pattern: ImportPattern) -> Answer {
        let found = packages.filter(pattern.matches).sorted()
        if let first = found.first {
            return .violated(
                "line table: " + functions(of: first)
                    + (found.count > 1 ? ", and \(found.count - 1) more packages" : ""))
        }
        return unreadableNames.map(Answer.unknown) ?? .held("not in the line table")
    }

    func check(denyingModules pattern: ImportPattern) -> Answer {
        let found = modules.filter { pattern.matches($0.path) || pattern.matches($0.importedPath) }
        guard found.isEmpty else {
            return .violated("build info: " + found.map { "\($0.importedPath) \($0.fullVersion)" }.firstOnes)
        }
        let linked = packages.filter { !StandardLibrary.contains($0) && pattern.matchesModule(of: $0) }.min()
        if let linked { return .violated("line table: " + functions(of: linked)) }
        return faultOfModules.map(Answer.unknown) ?? .held("not in the build info")
    }

    func check(allowing allowed: Set<Capability>) -> Answer {
        guard let table else { return .unknown(unreadableNames ?? "the file has no line table of Go") }
        let capabilities = Capabilities(of: table)
        let forbidden = capabilities.all.filter { !allowed.contains($0) }
        guard forbidden.isEmpty else {
            return .violated(
                forbidden.map { one in "\(one.rawValue): \((capabilities.functions[one] ?? []).firstOnes)" }
                    .joined(separator: "; "))
        }
        if let unreadableNames { return .unknown(unreadableNames) }
        let names = capabilities.all.map(\.rawValue)
        return .held(names.isEmpty ? "none in the line table" : "in the line table: \(names.joined(separator: ", "))")
    }

    /// Why the list of modules cannot be relied on; nil if it can.
    var faultOfModules: String? {
        guard info != nil else { return "the file has no build info of Go" }
        if let unreadableNames { return unreadableNames }
        return stranger.map { "the line table names package '\($0)', and the build info names no module that it is of" }
    }

    private func functions(of package: String) -> String {
        let name = package == info?.path ? "main" : package
        let names = table?.functions(of: name, first: 3) ?? []
        return names.isEmpty ? package : names.firstOnes
    }
}

extension String {
    /// Whether it is the path of a module or of a package in it.
    func isBelow(_ module: String) -> Bool { self == module || hasPrefix(module + "/") }
}

extension [String] {
    /// The first three, and how many there are besides.
    var firstOnes: String {
        prefix(3).joined(separator: ", ") + (count > 3 ? " and \(count - 3) more" : "")
    }
}
