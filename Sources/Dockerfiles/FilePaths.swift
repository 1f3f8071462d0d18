extension String {
    /// The path without `.`, `..` and repeated slashes, relative to a folder if it is not absolute. `..` at the root stays there.
    package func path(in folder: String = "/") -> String {
        var parts: [Substring] = []
        for part in (hasPrefix("/") ? self : folder + "/" + self).split(separator: "/") {
            switch part {
            case ".": break
            case "..": parts = parts.dropLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The last component of the path.
    package var lastComponent: String { split(separator: "/").last.map(String.init) ?? "" }

    /// Whether the path is a folder or something in it. Both are without `.` and `..`.
    package func isIn(_ folder: String) -> Bool { self == folder || folder == "/" || hasPrefix(folder + "/") }

    /// Whether it is the name of a shell's script.
    package var isShellScript: Bool { hasSuffix(".sh") || hasSuffix(".bash") }
}
