import Text

/// The name of a Go module in package URLs: `pkg:golang/example.com/m@v1.2.3`, lower-case.
///
/// Source: https://github.com/package-url/purl-spec, type golang.
public struct PackageURL: Sendable, Hashable {
    /// The module path.
    public let module: String
    /// The version; `(devel)` and an empty text say that there is none.
    public let version: String
    /// The path of a package in the module.
    public let subpath: String?

    /// Names a module, or a package in it.
    public init(module: String, version: String, subpath: String? = nil) {
        self.module = module
        self.version = version
        self.subpath = subpath
    }

    /// The version, where there is one.
    public var knownVersion: String? { version.isEmpty || version == "(devel)" ? nil : version }

    /// The URL.
    ///
    /// - Parameter qualifiers: What stands behind the question mark, encoded; nil leaves it out.
    public func text(qualifiers: String? = nil) -> String {
        func encoded(_ text: String) -> String { text.percentEncoded(keeping: "-._~/") }
        return "pkg:golang/\(encoded(module.lowercased()))" + (knownVersion.map { "@" + encoded($0) } ?? "")
            + (qualifiers.map { "?" + $0 } ?? "") + (subpath.map { "#" + encoded($0) } ?? "")
    }
}

extension BuildInfo {
    /// The main package in its module; nil for a program that was built in none.
    public var packageURL: PackageURL? {
        main.map { main in
            let isBelow = path.hasPrefix(main.path + "/")
            return PackageURL(
                module: main.path, version: main.version,
                subpath: isBelow ? String(path.dropFirst(main.path.count + 1)) : nil)
        }
    }
}
