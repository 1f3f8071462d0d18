internal import Glibc
public import SystemPackage

extension FilePath {
    /// The absolute path without symbolic links, `.` and `..`, as realpath(3) finds it; nil if there is nothing at the path.
    public var realPath: FilePath? {
        unsafe withPlatformString { name in
            guard let resolved = unsafe realpath(name, nil) else { return nil }
            defer { unsafe free(resolved) }
            return unsafe FilePath(platformString: resolved)
        }
    }
}
