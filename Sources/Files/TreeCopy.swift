internal import Glibc
public import SystemPackage

/// Copies a folder with everything below it.
public enum TreeCopy {
    /// Copies folders, regular files with their permission bits, and symbolic links as links.
    ///
    /// FIFOs, sockets and devices are left out.
    ///
    /// - Parameters:
    ///   - source: The folder.
    ///   - destination: The copy, which must not exist.
    ///   - excluded: Paths below the source that are left out, with everything below them.
    ///   - isReversed: Whether the entries of each folder are created in reverse order of their names.
    ///   - passOver: Called for each file and folder that cannot be read; an empty one takes its place in the copy. nil makes it
    ///     an error.
    /// - Throws: `FileError` or `OutputError` with the path; `CancellationError` if the task is cancelled.
    public static func make(
        of source: FilePath, at destination: FilePath, excluding excluded: Set<FilePath> = [], isReversed: Bool = false,
        passingOver passOver: ((FileError) -> Void)? = nil
    ) throws {
        try Folder.create(destination)
        let names: [FilePath.Component]
        do throws(FileError) { names = try Folder.names(in: source) } catch {
            guard let passOver else { throw error }
            return passOver(error)
        }
        for name in isReversed ? names.reversed() : names {
            try Task.checkCancellation()
            let from = source.appending(name)
            guard !excluded.contains(from), let identity = FileIdentity(of: from) else { continue }
            let to = destination.appending(name)
            switch identity.mode.type {
            case .directory:
                try make(of: from, at: to, excluding: excluded, isReversed: isReversed, passingOver: passOver)
            case .regular:
                do { try copyFile(from, to) } catch let error as FileError {
                    guard let passOver else { throw error }
                    passOver(error)
                    try leaveEmpty(to, identity.mode.permissions)
                }
            case .symbolicLink: try copyLink(from, to)
            default: continue
            }
        }
    }

    private static func copyFile(_ source: FilePath, _ destination: FilePath) throws {
        let file = try OpenFile(source, followsLinks: false)
        do {
            let descriptor = try FileDescriptor.create(destination, permissions: file.permissions)
            try descriptor.closeAfter {
                try FileCopy.write(file, into: descriptor)
                // The umask may have taken bits away.
                if fchmod(descriptor.rawValue, CModeT(file.permissions)) != 0 { throw Errno(rawValue: errno) }
            }
        } catch let error as FileError {
            throw error
        } catch {
            throw OutputError(destination, .write, error)
        }
    }

    /// git tells a file that is missing from one that it cannot read.
    private static func leaveEmpty(_ path: FilePath, _ permissions: FilePermissions) throws(OutputError) {
        guard !path.exists else { return }
        do {
            try FileDescriptor.create(path, permissions: UInt32(permissions.rawValue)).close()
        } catch {
            throw OutputError(path, .write, error)
        }
    }

    private static func copyLink(_ source: FilePath, _ destination: FilePath) throws(OutputError) {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = unsafe source.withPlatformString { unsafe readlink($0, &target, Int(PATH_MAX)) }
        let result = count < 0 ? -1 : unsafe destination.withPlatformString { unsafe symlink(target, $0) }
        if result != 0 { throw OutputError(destination, .link, Errno(rawValue: errno)) }
    }
}
