internal import CLinux
import Files
internal import Glibc
import SystemPackage

/// A root folder that holds one program and nothing else, in new namespaces: no other processes, no network, and no file
/// that can be written.
///
/// It ends with the process; nothing is left behind.
@safe struct EmptyRoot {
    /// Where the root is mounted, seen from outside of it.
    let path: FilePath
    /// Whether the process has root's rights up to the last moment, and must give them up itself.
    private let isPrivileged: Bool

    /// The user ID of programs in containers, as distroless images use it.
    private static let unprivilegedUser: UInt32 = 65532

    /// Moves the process into new namespaces, and mounts an empty folder there.
    ///
    /// Root may do so; other users need a user namespace, which the kernel may forbid.
    init() throws(SystemCallError) {
        let user = geteuid()
        let group = getegid()
        let spaces = clinux_new_mounts | clinux_new_network | clinux_new_pids | clinux_new_ipc | clinux_new_uts
        isPrivileged = user == 0 && unshare(spaces) == 0
        if !isPrivileged {
            try check(unshare(spaces | clinux_new_users), .unshare)
            let own = EmptyRoot.unprivilegedUser
            try KernelSetting.map(user: (own, user), group: (own, group))
        }
        // Any folder will do: the mount over it is seen in this namespace alone.
        path = "/tmp"
        try check(unsafe mount("none", "/", nil, UInt(MS_REC) | UInt(MS_PRIVATE), nil), .mount(.privateRoot))
        try check(
            unsafe mount("empty", path.string, "tmpfs", UInt(MS_NOSUID) | UInt(MS_NODEV), "mode=0755"),
            .mount(.emptyRoot))
    }

    /// Puts an executable file into the root.
    func add(_ name: String, _ bytes: [UInt8]) throws(OutputError) {
        try AtomicFile.write(bytes, to: path.appending(name), permissions: 0o555)
    }

    /// Makes the root read-only.
    func seal() throws(SystemCallError) {
        let flags = UInt(MS_REMOUNT) | UInt(MS_RDONLY) | UInt(MS_NOSUID) | UInt(MS_NODEV)
        try check(unsafe mount(nil, path.string, nil, flags, nil), .mount(.readOnlyRoot))
    }

    /// Makes this the root folder of the process, and gives up the rights that are left.
    func enter() throws(SystemCallError) {
        try check(unsafe path.withPlatformString { unsafe chroot($0) }, .chroot)
        try check(unsafe chdir("/"), .chdir)
        guard isPrivileged else { return }
        try check(setgroups(0, nil), .setgroups)
        let user = EmptyRoot.unprivilegedUser
        try check(setresgid(user, user, user), .setresgid)
        try check(setresuid(user, user, user), .setresuid)
    }
}
