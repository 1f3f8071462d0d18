internal import Glibc
public import SystemPackage

/// Folders.
public enum Folder {
    /// Makes a hidden folder with a name of its own, for what is not finished.
    ///
    /// - Throws: `OutputError` with the path and the system's reason.
    public static func createStaging(in folder: FilePath) throws(OutputError) -> FilePath {
        let staging = folder.appending(TemporaryName.make(".staticcheck-"))
        try create(staging)
        return staging
    }

    /// Makes a folder and those above it; one that is there already is as good.
    ///
    /// - Throws: `OutputError` with the path and the system's reason.
    public static func create(_ path: FilePath) throws(OutputError) {
        var failure = make(path)
        if failure == .noSuchFileOrDirectory, path.removingLastComponent() != path {
            try create(path.removingLastComponent())
            failure = make(path)
        }
        guard let failure, !(failure == .fileExists && path.isFolder) else { return }
        throw OutputError(path: path, action: "create the folder", reason: "\(failure)")
    }

    private static func make(_ path: FilePath) -> Errno? {
        unsafe path.withPlatformString { unsafe mkdir($0, 0o777) } == 0 ? nil : Errno(rawValue: errno)
    }
}
