extension String {
    /// The path without `.`, `..` and repeated slashes, relative to a folder if it is not absolute. `..` at the root stays there.
    package func path(in folder: String = "/") -> String {
        var parts: [Substring] = []
        for part in Substring(utf8.first == 47 ? self : folder + "/" + self).utf8.split(separator: 47) {
            let part = Substring(part)
            switch part {
            case ".": break
            case "..": parts = parts.dropLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The last component of the path.
    package var lastComponent: String { utf8.split(separator: 47).last.map { String(Substring($0)) } ?? "" }

    /// Whether the path is a folder or something in it. Both are without `.` and `..`.
    package func isIn(_ folder: String) -> Bool {
        guard folder != "/", utf8.starts(with: folder.utf8) else { return folder == "/" }
        let rest = utf8.dropFirst(folder.utf8.count)
        return rest.isEmpty || rest.first == 47
    }

    /// Whether the last component is the name of a shell that reads POSIX scripts.
    package var isShell: Bool { ["sh", "bash", "dash", "ash", "zsh", "ksh"].contains(lastComponent) }

    /// Whether it is the name of a shell's script.
    package var isShellScript: Bool { hasSuffix(".sh") || hasSuffix(".bash") }
}
