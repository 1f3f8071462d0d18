internal import CLinux
internal import Glibc
import SystemPackage

/// The namespaces of a container, except that of its mounts: users, processes, network, System V objects and host name.
///
/// Root maps all users of the container to numbers that nothing else has, so that root in the container is nobody outside.
/// Another user can map one number only, that of the image's user.
struct ContainerNamespaces {
    /// Whether files can belong to any user, as in the image.
    let hasAllUsers: Bool

    private static let firstUser = 2_000_000_000
    private static let userCount = 2_000_000_000

    /// Moves the process into new namespaces. The next process that it starts is the first one of the container.
    ///
    /// - Throws: `ContainerError.noNamespaces`, `SystemCallError`.
    init(for specification: ContainerSpecification) throws {
        if geteuid() == 0, try ContainerNamespaces.enterWithAllUsers() {
            hasAllUsers = true
        } else {
            try ContainerNamespaces.enter(as: specification)
            hasAllUsers = false
        }
        let spaces = clinux_new_pids | clinux_new_network | clinux_new_ipc | clinux_new_uts
        try check(unshare(spaces), .unshare)
        try check(clinux_loopback_up(), .loopback)
    }

    /// A process outside of the new namespace writes the map: only it has the right to.
    private static func enterWithAllUsers() throws -> Bool {
        let request = try Pipe()
        let answer = try Pipe()
        let owner = getpid()
        let helper = clinux_fork()
        try check(helper, .fork)
        if helper == 0 {
            request.closeWriting()
            let isAsked = request.readSome()?.isEmpty == false
            let map = "0 \(firstUser) \(userCount)"
            let isMapped =
                isAsked && (try? KernelSetting.set(FilePath("/proc/\(owner)/uid_map"), to: map)) != nil
                && (try? KernelSetting.set(FilePath("/proc/\(owner)/gid_map"), to: map)) != nil
            answer.write([isMapped ? 1 : 0])
            _exit(0)
        }
        answer.closeWriting()
        let isNew = unshare(clinux_new_users) == 0
        if isNew { request.write([1]) }
        request.closeWriting()
        let isMapped = answer.readToEnd(limit: 1) == [1]
        _ = waitpid(helper, nil, 0)
        guard isNew else { return false }
        guard isMapped else { throw ContainerError.noNamespaces("the users of the container could not be mapped") }
        try check(setgroups(0, nil), .setgroups)
        try check(setresgid(0, 0, 0), .setresgid)
        try check(setresuid(0, 0, 0), .setresuid)
        return true
    }

    private static func enter(as specification: ContainerSpecification) throws {
        let (user, group) = (geteuid(), getegid())
        guard unshare(clinux_new_users) == 0 else {
            throw ContainerError.noNamespaces("unshare: \(Errno(rawValue: errno))")
        }
        try KernelSetting.map(user: (specification.user, user), group: (specification.group, group))
    }
}
