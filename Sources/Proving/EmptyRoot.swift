internal import CLinux
internal import Glibc

/// A root folder that holds one program and nothing else, in namespaces of this process's own: no other processes, no
/// network, no file that can be written.
///
/// What is set up here goes with the process; nothing is left behind.
@safe struct EmptyRoot {
    /// Where the root is mounted, seen from outside of it.
    let path: String
    /// Whether the process keeps root's rights up to the last moment, and must give them up itself.
    private let isPrivileged: Bool

    /// The user that programs in containers run as: nobody's.
    private static let unprivilegedUser: UInt32 = 65532

    /// Leaves the machine's namespaces for new ones, and mounts an empty folder there.
    ///
    /// Root does so by right; anybody else by way of a user namespace, where the kernel permits it.
    init() throws(SystemCallError) {
        let user = geteuid()
        let group = getegid()
        let spaces = clinux_new_mounts | clinux_new_network | clinux_new_pids | clinux_new_ipc | clinux_new_uts
        isPrivileged = user == 0 && unshare(spaces) == 0
        if !isPrivileged {
            try check(unshare(spaces | clinux_new_users), "unshare: namespaces are not permitted here")
            try EmptyRoot.put("deny", to: "/proc/self/setgroups")
            try EmptyRoot.put("\(EmptyRoot.unprivilegedUser) \(user) 1", to: "/proc/self/uid_map")
            try EmptyRoot.put("\(EmptyRoot.unprivilegedUser) \(group) 1", to: "/proc/self/gid_map")
        }
        // Any folder serves: the mount over it is seen in this namespace alone.
        path = "/tmp"
        try check(
            unsafe mount("none", "/", nil, UInt(MS_REC) | UInt(MS_PRIVATE), nil), "mount: making the root private")
        try check(
            unsafe mount("empty", path, "tmpfs", UInt(MS_NOSUID) | UInt(MS_NODEV), "mode=0755"), "mount: an empty root")
    }

    /// Puts a program into the root.
    func add(_ name: String, _ bytes: [UInt8]) throws(SystemCallError) {
        try EmptyRoot.put(bytes, to: "\(path)/\(name)", mode: 0o555)
    }

    /// From here on nothing in the root can be written.
    func seal() throws(SystemCallError) {
        let flags = UInt(MS_REMOUNT) | UInt(MS_RDONLY) | UInt(MS_NOSUID) | UInt(MS_NODEV)
        try check(unsafe mount(nil, path, nil, flags, nil), "mount: making the root read-only")
    }

    /// Makes the root the only one that this process sees, and gives up what rights are left.
    func enter() throws(SystemCallError) {
        try check(unsafe chroot(path), "chroot")
        try check(unsafe chdir("/"), "chdir")
        guard isPrivileged else { return }
        try check(setgroups(0, nil), "setgroups")
        let user = EmptyRoot.unprivilegedUser
        try check(setresgid(user, user, user), "setresgid")
        try check(setresuid(user, user, user), "setresuid")
    }

    private static func put(_ text: String, to path: String) throws(SystemCallError) {
        try put(Array(text.utf8), to: path, mode: nil)
    }

    /// Writes a file, which is made where a mode is given.
    private static func put(_ bytes: [UInt8], to path: String, mode: mode_t?) throws(SystemCallError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | (mode == nil ? 0 : O_CREAT | O_EXCL), mode ?? 0)
        try check(descriptor, "open \(path)")
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(descriptor, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
            }
            try check(Int32(clamping: count), "write \(path)")
            written += count
        }
    }
}

/// Throws what `errno` says where a call failed.
func check(_ result: Int32, _ call: String) throws(SystemCallError) {
    let code = errno
    guard result < 0 else { return }
    throw SystemCallError(description: "\(call): \(unsafe String(cString: strerror(code)))")
}
