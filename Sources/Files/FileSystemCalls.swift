internal import Glibc
public import SystemPackage

/// Renames within one file system, replacing what is there.
public func rename(_ from: FilePath, _ to: FilePath) throws(Errno) {
    let result = unsafe from.withPlatformString { source in unsafe to.withPlatformString { unsafe rename(source, $0) } }
    if result != 0 { throw Errno(rawValue: errno) }
}

/// Gives a file a second name on the same file system.
public func link(_ file: FilePath, as name: FilePath) throws(Errno) {
    let result = unsafe file.withPlatformString { source in unsafe name.withPlatformString { unsafe link(source, $0) } }
    if result != 0 { throw Errno(rawValue: errno) }
}

/// Removes a file.
public func remove(_ path: FilePath) throws(Errno) {
    if unsafe path.withPlatformString({ unsafe unlink($0) }) != 0 { throw Errno(rawValue: errno) }
}
