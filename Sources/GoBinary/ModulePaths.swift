/// The paths of modules, to tell which of them a package belongs to.
public struct ModulePaths: Sendable, Hashable {
    private let paths: Set<String>

    /// Takes the paths.
    public init(_ paths: some Sequence<String>) { self.paths = Set(paths) }

    /// The longest path that is that of the package or of a folder above it; nil if there is none.
    ///
    /// Source: https://go.dev/ref/mod#resolve-pkg-mod
    public func owner(of package: String) -> String? {
        var path = package
        while !paths.contains(path) {
            guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
            path = String(path[..<slash])
        }
        return path
    }
}
