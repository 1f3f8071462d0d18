import Text

/// The package URL of a Go module: `pkg:golang/example.com/m@v1.2.3`, in lower case.
///
/// Source: https://github.com/package-url/purl-spec, type golang.
public struct PackageURL: Sendable, Hashable {
    /// The module path.
    public let module: String
    /// The version. `(devel)` and an empty string mean that it is unknown.
    public let version: String
    /// The path of a package in the module; nil for the module.
    public let subpath: String?

    /// Names a module, or a package in it.
    public init(module: String, version: String, subpath: String? = nil) {
        self.module = module
        self.version = version
        self.subpath = subpath
    }

    /// The version; nil if it is unknown.
    public var knownVersion: String? { version.isEmpty || version == "(devel)" ? nil : version }

    /// The URL.
    ///
    /// - Parameter qualifiers: The text after the question mark, percent-encoded; nil for none.
    public func text(qualifiers: String? = nil) -> String {
        func encoded(_ text: String) -> String { text.percentEncoded(keeping: "-._~/") }
        return "pkg:golang/\(encoded(module.lowercased()))" + (knownVersion.map { "@" + encoded($0) } ?? "")
            + (qualifiers.map { "?" + $0 } ?? "") + (subpath.map { "#" + encoded($0) } ?? "")
    }
}

extension BuildInfo {
    /// The main package in its module; nil if the program was built outside a module.
    public var packageURL: PackageURL? {
        main.map { main in
            let isBelow = path.hasPrefix(main.path + "/")
            return PackageURL(
                module: main.path, version: main.version,
                subpath: isBelow ? String(path.dropFirst(main.path.count + 1)) : nil)
        }
    }
}
