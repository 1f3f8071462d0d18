internal import CLinux
internal import Glibc
import SystemPackage

/// The root of a container, laid in memory by the first process of the container. Nothing is left when that ends.
///
/// A runtime adds what its specification demands of Linux: /proc and the devices of /dev
/// (https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md). Everything else is the image's own.
struct ContainerRoot {
    let specification: ContainerSpecification
    /// Whether files can belong to any user; if not, each gets the permissions that the image's user has.
    let hasAllUsers: Bool

    /// How much a folder that the container may write to holds (tmpfs(5)).
    private static let writableSpace =
        "size=\(ContainerSpecification.Limit.writable),nr_inodes=\(ContainerSpecification.Limit.writableFiles)"
    private static let devices = ["full", "null", "random", "tty", "urandom", "zero"]
    private static let flags = UInt(MS_NOSUID) | UInt(MS_NODEV)

    /// Lays the root, and makes it the root of the process.
    ///
    /// - Parameter members: What the root holds.
    func enter(_ members: inout RootReader) throws {
        try check(unshare(clinux_new_mounts), .unshare)
        try check(unsafe CLinux.mount("none", "/", nil, UInt(MS_REC) | UInt(MS_PRIVATE), nil), .mount(.privateRoot))
        // Any folder will do: the mount over it is seen in this namespace alone.
        try mountMemory(on: "/tmp", "mode=0755,size=\(ContainerSpecification.Limit.root)", .containerRoot)
        let processes = clinux_detached_processes()
        let devices = ContainerRoot.devices.map { unsafe ($0, clinux_detached("/dev/\($0)")) }
        unsafe try check(chdir("/tmp"), .chdir)
        try check(clinux_pivot_to_working_folder(), .mount(.pivot))
        unsafe try check(chdir("/"), .chdir)
        umask(0)
        var missing = Set(specification.volumes)
        while let member = try members.next(RootMember.self) {
            try make(member, &members)
            missing.remove(member.path)
        }
        for volume in missing.sorted() { try addVolume(volume) }
        try addDevices(devices)
        try add(processes: processes)
        try addWorkingFolder()
        try check(
            unsafe CLinux.mount(nil, "/", nil, UInt(MS_REMOUNT) | UInt(MS_RDONLY) | ContainerRoot.flags, nil),
            .mount(.readOnlyRoot))
    }

    private func mountMemory(on path: String, _ options: String, _ what: SystemCall.Mount) throws(SystemCallError) {
        try check(unsafe CLinux.mount("container", path, "tmpfs", ContainerRoot.flags, options), .mount(what))
    }

    // MARK: Members

    private func make(_ member: RootMember, _ reader: inout RootReader) throws {
        do {
            switch member.kind {
            case .folder: try makeFolder(member)
            case .file(let size): return try makeFile(member, size, &reader)
            case .link(let target): unsafe try check(symlink(target, member.path), .write(member.path))
            case .hardLink(let path): return unsafe try check(Glibc.link(path, member.path), .write(member.path))
            }
            if hasAllUsers { unsafe try check(lchown(member.path, member.user, member.group), .write(member.path)) }
            if case .folder = member.kind {
                unsafe try check(chmod(member.path, mode(of: member)), .write(member.path))
            }
        } catch let error as SystemCallError {
            throw ContainerError.member(member.path, reason: "\(error.code)")
        }
    }

    private func makeFolder(_ member: RootMember) throws {
        if member.path != "/" { unsafe try check(mkdir(member.path, 0o755), .write(member.path)) }
        // The rest of the root is read-only, as in clusters that are strict. A folder for temporary files is for writing.
        // A volume is mounted before what the image has in it, which is thus in the volume, as engines copy it there.
        guard member.path == "/tmp" || specification.volumes.contains(member.path) else { return }
        try mountMemory(on: member.path, ContainerRoot.writableSpace, .writableFolder)
    }

    /// A volume for a folder that the image does not have, which engines make for root.
    private func addVolume(_ path: String) throws {
        try addFolders(to: path, of: (0, 0))
        try mountMemory(on: path, "mode=0755,\(ContainerRoot.writableSpace)", .writableFolder)
    }

    private func makeFile(_ member: RootMember, _ size: Int, _ reader: inout RootReader) throws {
        let descriptor = unsafe open(member.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        try check(descriptor, .write(member.path))
        defer { close(descriptor) }
        let file = FileDescriptor(rawValue: descriptor)
        try reader.bytes(size) { _ = try file.writeAll($0) }
        if hasAllUsers { try check(fchown(descriptor, member.user, member.group), .write(member.path)) }
        try check(fchmod(descriptor, mode(of: member)), .write(member.path))
    }

    /// The permission bits. Where all files belong to the container's user, these are the bits that this user would have.
    private func mode(of member: RootMember) -> UInt32 {
        if hasAllUsers { return member.mode & 0o7777 }
        let groups = [specification.group] + specification.groups
        let shift: UInt32 = member.user == specification.user ? 6 : groups.contains(member.group) ? 3 : 0
        let bits = member.mode >> shift & 7
        return bits << 6 | bits << 3 | bits
    }

    // MARK: What a runtime adds

    private func addDevices(_ devices: [(name: String, mount: Int32)]) throws {
        try addFolder("/dev")
        try mountMemory(on: "/dev", "mode=0755,size=65536", .devices)
        for (name, tree) in devices where tree >= 0 {
            let file = unsafe open("/dev/\(name)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
            if file >= 0 { close(file) }
            unsafe try check(clinux_attach(tree, "/dev/\(name)"), .mount(.devices))
            close(tree)
        }
        for (name, target) in [("fd", "fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")] {
            unsafe try check(symlink("/proc/self/\(target)", "/dev/\(name)"), .write("/dev/\(name)"))
        }
        unsafe try check(mkdir("/dev/shm", 0o1777), .write("/dev/shm"))
        try mountMemory(on: "/dev/shm", "mode=1777,\(ContainerRoot.writableSpace)", .devices)
    }

    /// Where a runtime hides parts of /proc, the kernel does not let a container in it mount its own; it is left empty then.
    private func add(processes: Int32) throws {
        try addFolder("/proc")
        if processes >= 0 { try check(unsafe clinux_attach(processes, "/proc"), .mount(.devices)) }
    }

    /// A runtime makes the working folder if the image does not have it.
    private func addWorkingFolder() throws {
        try addFolders(to: specification.workingFolder, of: (specification.user, specification.group))
    }

    /// Makes those folders of a path that do not exist.
    private func addFolders(to folder: String, of owner: (user: UInt32, group: UInt32)) throws {
        var path = ""
        for name in folder.split(separator: "/") {
            path += "/\(name)"
            if unsafe mkdir(path, 0o755) == 0, hasAllUsers {
                unsafe try check(lchown(path, owner.user, owner.group), .write(path))
            }
        }
    }

    private func addFolder(_ path: String) throws {
        var facts = stat()
        if unsafe lstat(path, &facts) != 0 { return unsafe try check(mkdir(path, 0o755), .write(path)) }
        guard facts.st_mode & S_IFMT == S_IFDIR else { throw ContainerError.notAFolder(path) }
    }
}
