internal import CLinux
internal import Glibc

/// The way into the root of a running container, for a program that is to run beside it.
enum ContainerEntrance {
    /// Takes the mounts of another process, and its root.
    static func enter(_ process: pid_t) throws(SystemCallError) {
        let space = unsafe open("/proc/\(process)/ns/mnt", O_RDONLY | O_CLOEXEC)
        try check(space, .write("/proc/\(process)/ns/mnt"))
        try check(clinux_enter_mounts(space), .unshare)
        close(space)
        unsafe try check(chdir("/"), .chdir)
    }
}
