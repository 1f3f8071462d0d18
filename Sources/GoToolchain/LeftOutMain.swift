public import GoBinary

/// A main package that a pattern matches and that is not built for a platform, because all its files are excluded there.
public struct LeftOutMain: Sendable, Hashable {
    /// The package; it has no files to compile.
    public let package: GoPackage
    /// The platform.
    public let platform: Platform
    /// Whether it would be built with cgo. If not, build constraints exclude its files.
    public let needsCgo: Bool
    /// The names of the files that are excluded for this reason, sorted.
    public let files: [String]
}
