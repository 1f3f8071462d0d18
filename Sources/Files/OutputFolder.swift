public import SystemPackage

extension Folder {
    /// Creates a folder for output, and hides it from git with an ignore file of its own.
    ///
    /// Untracked files make a working tree dirty, and go writes that into the next binaries: a second run would give other
    /// bytes. A folder that already holds something is left as it is, because it may hold the user's own files.
    ///
    /// - Throws: `OutputError` with the path and the system's reason.
    public static func createForOutput(_ path: FilePath) throws(OutputError) {
        let isInUse = (try? names(in: path).isEmpty) == false
        try create(path)
        if !isInUse { try hideFromGit(path) }
    }

    /// Writes an ignore file that hides a folder and the ignore file itself from git.
    ///
    /// - Throws: `OutputError` with the path and the system's reason.
    public static func hideFromGit(_ folder: FilePath) throws(OutputError) {
        try AtomicFile.write("*\n".utf8, to: folder.appending(".gitignore"))
    }
}
