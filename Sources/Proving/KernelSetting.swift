import SystemPackage

/// Files in /proc by which the kernel takes settings.
enum KernelSetting {
    /// Writes a setting of the kernel, in one call, as the kernel demands.
    static func set(_ path: FilePath, to text: String) throws(SystemCallError) {
        do {
            let descriptor = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
            try descriptor.closeAfter { _ = try descriptor.writeAll(text.utf8) }
        } catch {
            throw SystemCallError(call: .write(path.string), code: error as? Errno ?? .ioError)
        }
    }

    /// Maps one user and one group of a new user namespace, as a process without rights outside of it may.
    ///
    /// - Parameters:
    ///   - user: The number inside, and the process's own outside.
    ///   - group: The same of the group.
    static func map(
        user: (inside: UInt32, outside: UInt32), group: (inside: UInt32, outside: UInt32)
    ) throws(SystemCallError) {
        // A group may be mapped only after setgroups is denied (user_namespaces(7)).
        try set("/proc/self/setgroups", to: "deny")
        try set("/proc/self/uid_map", to: "\(user.inside) \(user.outside) 1")
        try set("/proc/self/gid_map", to: "\(group.inside) \(group.outside) 1")
    }
}
