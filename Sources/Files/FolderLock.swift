internal import Glibc
public import SystemPackage

/// The right to write into a folder (flock(2)). It is lost with the process.
public enum FolderLock {
    /// Who may write at the same time.
    public enum Sharing: Sendable {
        /// Nobody else.
        case alone
        /// Others that write other files there, and say so in the same way.
        case withOthers
    }

    /// How often it is tried.
    private static let interval = Duration.milliseconds(50)

    /// Runs a body while no other run that uses locks, and has no right to share them, writes into any of the folders. A file system
    /// without locks is used without.
    ///
    /// - Parameters:
    ///   - folders: Folders that exist.
    ///   - sharing: Who may write there too.
    ///   - wait: Called once for each folder in which another run writes, before the wait for its end.
    /// - Throws: What the body throws, and `CancellationError`.
    public static func holding<Result>(
        _ folders: [FilePath], _ sharing: Sharing = .alone, waiting wait: (FilePath) -> Void,
        _ body: () async throws -> Result
    ) async throws -> Result {
        // All runs take locks in the same order, so that no two wait for each other.
        guard let folder = Set(folders).min(by: { $0.string < $1.string }) else { return try await body() }
        let rest = folders.filter { $0 != folder }
        guard let descriptor = try? FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec]) else {
            return try await holding(rest, sharing, waiting: wait, body)
        }
        defer { try? descriptor.close() }
        var isTold = false
        while let failure = descriptor.tryLock(sharing), failure == .wouldBlock || failure == .interrupted {
            if !isTold { wait(folder) }
            isTold = true
            try await Task.sleep(for: interval)
        }
        return try await holding(rest, sharing, waiting: wait, body)
    }
}

extension FileDescriptor {
    /// Locks the file (flock(2)), without waiting.
    ///
    /// - Returns: Why it cannot be locked; nil if it is locked now.
    func tryLock(_ sharing: FolderLock.Sharing = .alone) -> Errno? {
        let kind =
            switch sharing {
            case .alone: LOCK_EX
            case .withOthers: LOCK_SH
            }
        return flock(rawValue, kind | LOCK_NB) == 0 ? nil : Errno(rawValue: errno)
    }
}
