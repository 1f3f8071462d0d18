import Glibc
public import SystemPackage

/// Renames within one file system, replacing what is there.
public func rename(_ from: FilePath, _ to: FilePath) throws(Errno) {
    let result = from.withPlatformString { source in to.withPlatformString { rename(source, $0) } }
    if result != 0 { throw Errno(rawValue: errno) }
}

/// Gives a file a second name on the same file system.
public func link(_ file: FilePath, as name: FilePath) throws(Errno) {
    let result = file.withPlatformString { source in name.withPlatformString { link(source, $0) } }
    if result != 0 { throw Errno(rawValue: errno) }
}

/// Removes a file.
public func remove(_ path: FilePath) throws(Errno) {
    if path.withPlatformString({ unlink($0) }) != 0 { throw Errno(rawValue: errno) }
}
