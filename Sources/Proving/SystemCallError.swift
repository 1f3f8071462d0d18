internal import Glibc
import SystemPackage

/// A system call that failed while an empty root was set up or a program was watched.
struct SystemCallError: Error, Hashable, CustomStringConvertible {
    /// What was called.
    let call: SystemCall
    /// The kernel's reason.
    let code: Errno

    /// The call, what it was for, and the kernel's reason.
    var description: String { "\(call): \(code)" }
}

/// The system calls of the proof.
enum SystemCall: Hashable, CustomStringConvertible {
    case fork, pipe, dup2, waitpid
    case unshare
    case mount(Mount)
    case chroot, chdir, setgroups, setresgid, setresuid
    case prctl, ptrace, setrlimit, seccomp, loopback
    case write(String)
    case workingFolder(String)

    /// What is mounted.
    enum Mount: String {
        case privateRoot = "making the root private"
        case emptyRoot = "an empty root"
        case readOnlyRoot = "making the root read-only"
        case containerRoot = "the root of a container"
        case writableFolder = "a folder that the container may write to"
        case devices = "the devices of a container"
        case pivot = "changing the root"
    }

    /// The name of the call, with its purpose if that is not plain.
    var description: String {
        switch self {
        case .unshare: "unshare: namespaces are not permitted here"
        case .mount(let what): "mount: \(what.rawValue)"
        case .write(let path): "write \(path)"
        case .workingFolder(let path): "the image's user cannot enter the working folder \(path)"
        case .fork: "fork"
        case .pipe: "pipe"
        case .dup2: "dup2"
        case .waitpid: "waitpid"
        case .chroot: "chroot"
        case .chdir: "chdir"
        case .setgroups: "setgroups"
        case .setresgid: "setresgid"
        case .setresuid: "setresuid"
        case .prctl: "prctl"
        case .ptrace: "ptrace"
        case .setrlimit: "setrlimit"
        case .seccomp: "seccomp"
        case .loopback: "starting the loopback interface"
        }
    }
}

/// Throws the error in `errno` if a call returned a negative result.
func check(_ result: Int32, _ call: SystemCall) throws(SystemCallError) {
    let code = errno
    guard result < 0 else { return }
    throw SystemCallError(call: call, code: Errno(rawValue: code))
}
