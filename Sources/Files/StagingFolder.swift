internal import Glibc
public import SystemPackage

/// A hidden folder `.staticcheck-…` for files that are not finished.
///
/// It holds a file that stays locked (flock(2)) as long as the run is alive. A run that is killed loses its lock, so the next
/// run knows that it may remove the folder.
public final class StagingFolder: Sendable {
    /// The folder.
    public let path: FilePath
    private let lock: FileDescriptor

    private static let prefix = ".staticcheck-"
    private static let lockName = "lock"

    /// Whether a folder with this name is a staging folder.
    static func isName(_ name: String) -> Bool { name.hasPrefix(prefix) }

    /// Creates a staging folder, with a parent that does not exist. What killed runs left in the parent is removed.
    ///
    /// - Throws: `OutputError` with the path and the system's reason.
    public init(in parent: FilePath) throws(OutputError) {
        try Folder.create(parent)
        StagingFolder.removeLeftovers(in: parent)
        while true {
            let path = parent.appending(TemporaryName.make(StagingFolder.prefix))
            try Folder.createNew(path, permissions: 0o777)
            if let lock = try StagingFolder.lock(newFolder: path) {
                self.path = path
                self.lock = lock
                return
            }
        }
    }

    deinit {
        try? lock.close()
    }

    /// Removes the folder with everything in it, as far as that is possible.
    public func remove() { StagingFolder.remove(path) }

    /// Removes a staging folder, its lock last: if this run is killed too, the next one still knows that it may go on.
    private static func remove(_ folder: FilePath) {
        for name in (try? Folder.names(in: folder)) ?? [] where name.string != lockName {
            guard (try? Folder.removeTree(folder.appending(name))) != nil else { return }
        }
        try? Folder.removeTree(folder)
    }

    /// Removes the staging folders that killed runs left in a folder. Those of runs that are alive stay.
    public static func removeLeftovers(in parent: FilePath) {
        guard let names = try? Folder.names(in: parent) else { return }
        for name in names where isName(name.string) {
            let path = parent.appending(name)
            guard FileIdentity(of: path)?.mode.type == .directory else { continue }
            guard let lock = open(path.appending(lockName)) else {
                // The run was killed before it had a lock, or is about to create it: then it tries again elsewhere. A folder
                // with anything in it is not removed this way.
                _ = unsafe path.withPlatformString { unsafe rmdir($0) }
                continue
            }
            if lock.tryLock() == nil { remove(path) }
            try? lock.close()
        }
    }

    /// Creates and locks the lock file of a new folder; nil if another run removed the folder meanwhile.
    private static func lock(newFolder folder: FilePath) throws(OutputError) -> FileDescriptor? {
        let path = folder.appending(lockName)
        let lock: FileDescriptor
        do { lock = try FileDescriptor.create(path, permissions: 0o600, .readWrite) } catch {
            if error as? Errno == .noSuchFileOrDirectory { return nil }
            throw OutputError(path, .createTemporary, error)
        }
        // A file system without locks is used without: no run can lock there, so none removes the folder.
        let failure = lock.tryLock()
        if failure == .wouldBlock || FileIdentity(of: path) == nil {
            try? lock.close()
            return nil
        }
        return lock
    }

    private static func open(_ path: FilePath) -> FileDescriptor? {
        try? FileDescriptor.open(path, .readWrite, options: [.noFollow, .nonBlocking, .closeOnExec])
    }
}
