internal import Glibc
public import SystemPackage

/// Finds out whether a file could be written, without writing anything.
public enum OutputPlace {
    /// Checks that there is no folder at the path, and that its nearest existing parent is a folder that can be written to. Missing
    /// folders between them are fine.
    ///
    /// - Throws: `OutputError` with the folder, and the reason that the system would give.
    public static func check(_ file: FilePath) throws(OutputError) {
        if file.isFolder { throw OutputError(file, .write, Errno.isDirectory) }
        // Pipes and devices are written to as they are.
        guard !file.exists || file.isFile else { return }
        var folder = file.removingLastComponent()
        while !folder.isEmpty, !folder.exists, folder.removeLastComponent() {}
        if folder.isEmpty { folder = "." }
        guard folder.isFolder else { throw OutputError(folder, .createFolder, Errno.notDirectory) }
        guard unsafe folder.withPlatformString({ unsafe access($0, W_OK | X_OK) }) == 0 else {
            throw OutputError(folder, .write, Errno(rawValue: errno))
        }
    }
}
