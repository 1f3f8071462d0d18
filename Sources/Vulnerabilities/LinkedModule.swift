import GoBinary

/// A module of a program, as advisories know it.
struct LinkedModule {
    /// The path in the database: that of the replacement if the module is replaced.
    let path: String
    /// The path with which its packages begin in the program; nil for Go itself.
    let codePath: String?
    /// nil if it is not known.
    let version: SemanticVersion?
    /// The version in words, `v1.2.3`, and `1.27.3` for Go.
    let shownVersion: String?

    /// The pseudo-modules of the database: the standard library, and the programs that come with Go.
    static let library = "stdlib"
    static let toolchain = "toolchain"

    /// The modules that a build info names, and Go itself if its version is known.
    static func all(in info: BuildInfo) -> [LinkedModule] {
        let modules = (info.main.map { [$0] } ?? []) + info.dependencies
        return modules.map(LinkedModule.init) + go(info)
    }

    private init(_ module: BuildInfo.Module) {
        // A folder stands in for the module: whatever it holds, it is not the released version.
        path = module.isFolder ? module.importedPath : module.path
        codePath = module.importedPath
        version = module.isFolder ? nil : SemanticVersion(module.version)
        shownVersion = version == nil ? nil : module.version
    }

    private init(go path: String, version: String) {
        self.path = path
        codePath = nil
        self.version = SemanticVersion(version)
        shownVersion = version
    }

    /// The advisories of the toolchain are about the go command and what it starts, not about what it builds.
    private static func go(_ info: BuildInfo) -> [LinkedModule] {
        guard let version = GoVersion(info.goVersion)?.semanticText else { return [] }
        return (info.path.hasPrefix("cmd/") ? [library, toolchain] : [library]).map {
            LinkedModule(go: $0, version: version)
        }
    }

    /// The path in the program of a package that an advisory names.
    func codePath(of package: String) -> String {
        guard let codePath, codePath != path else { return package }
        if package == path { return codePath }
        return package.hasPrefix(path + "/") ? codePath + package.dropFirst(path.count) : package
    }

    /// Whether a package of the program belongs to it and to none of the other modules.
    func owns(_ package: String, among modules: [LinkedModule]) -> Bool {
        guard codePath != nil else { return package.prefix { $0 != "/" }.contains(".") == false && package != "main" }
        func length(_ module: LinkedModule) -> Int? {
            guard let path = module.codePath, package == path || package.hasPrefix(path + "/") else { return nil }
            return path.utf8.count
        }
        guard let own = length(self) else { return false }
        return modules.allSatisfy { (length($0) ?? 0) <= own }
    }
}

extension GoVersion {
    /// The version as advisories write it: `1.21.0-rc.2` for go1.21rc2.
    fileprivate var semanticText: String {
        let word = preview.prefix { !$0.isNumber }
        let number = preview.dropFirst(word.count)
        return "\(major).\(minor).\(patch ?? 0)"
            + (preview.isEmpty ? "" : "-\(word)" + (number.isEmpty ? "" : ".\(number)"))
    }
}
