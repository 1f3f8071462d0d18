public import SystemPackage

/// What a path names, links followed.
extension FilePath {
    /// Whether there is anything at the path.
    public var exists: Bool { kind != nil }

    /// Whether it names a folder.
    public var isFolder: Bool { kind == .directory }

    /// Whether it names a regular file.
    public var isFile: Bool { kind == .regular }

    private var kind: FileType? { try? stat().type }
}
