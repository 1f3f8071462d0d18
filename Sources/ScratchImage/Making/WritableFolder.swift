/// A folder of an image that the program may write to, declared as a volume.
///
/// It belongs to the image's user and has mode 0755. Engines give a new volume the owner and the mode of the folder that it
/// covers, so the program can write there, and no other user needs to.
public struct WritableFolder: Sendable, Hashable, Comparable {
    /// The path below the root, without a slash at the start or end.
    public let path: String

    /// Reads an absolute path.
    ///
    /// - Throws: For a path that is not a folder below the root, or that a runtime mounts.
    public init(_ text: String) throws(WritableFolderError) {
        guard text.utf8.first == UInt8(ascii: "/") else { throw .relative(text) }
        let parts = text.split(separator: "/").map(String.init)
        guard !parts.isEmpty else { throw .root }
        guard !parts.contains("."), !parts.contains("..") else { throw .climbing(text) }
        if let mount = RuntimeMount.over(text) { throw .mounted(text, mount) }
        guard parts != ["tmp"] else { throw .temporary }
        path = parts.joined(separator: "/")
    }

    /// Whether a path is below it.
    func contains(_ other: String) -> Bool { other.hasPrefix(path + "/") }

    /// By their paths.
    public static func < (one: WritableFolder, other: WritableFolder) -> Bool { one.path < other.path }
}

/// Why a folder cannot be writable.
public enum WritableFolderError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path does not start at the root.
    case relative(String)
    /// It is the root itself.
    case root
    /// The path has `.` or `..` in it.
    case climbing(String)
    /// A runtime mounts its own folder there.
    case mounted(String, String)
    /// The folder for temporary files has a mode of its own.
    case temporary

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .relative(let text): "'\(text)' is not an absolute path: write /data"
        case .root: "the root must stay read-only: name a folder below it, such as /data"
        case .climbing(let text): "'\(text)': write the path without . and .."
        case .mounted(let text, let place): "'\(text)': runtimes mount a \(place) of their own; choose another folder"
        case .temporary: "/tmp is for every user and has mode 1777: use --with tmp"
        }
    }
}
