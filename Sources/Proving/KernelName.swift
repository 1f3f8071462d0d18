internal import Glibc

/// The kernel's names for the errors of exec and for signals (errno(3), signal(7)).
enum KernelName {
    /// `ENOENT (No such file or directory)`.
    static func error(_ code: Int32) -> String {
        let names: [Int32: String] = [
            EPERM: "EPERM", ENOENT: "ENOENT", EIO: "EIO", E2BIG: "E2BIG", ENOEXEC: "ENOEXEC", ENOMEM: "ENOMEM",
            EACCES: "EACCES", EINVAL: "EINVAL", ELIBBAD: "ELIBBAD", ETXTBSY: "ETXTBSY", ENOTDIR: "ENOTDIR",
            EFAULT: "EFAULT", ELOOP: "ELOOP",
        ]
        return "\(names[code] ?? "error \(code)") (\(unsafe String(cString: strerror(code))))"
    }

    /// `SIGSEGV (Segmentation fault)`.
    static func signal(_ number: Int32) -> String {
        let words = unsafe strsignal(number).map { unsafe String(cString: $0) } ?? "signal \(number)"
        return "\(short(number)) (\(words))"
    }

    /// `SIGSEGV`.
    static func short(_ number: Int32) -> String {
        let names: [Int32: String] = [
            SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
            SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV", SIGPIPE: "SIGPIPE", SIGTERM: "SIGTERM", SIGSYS: "SIGSYS",
            SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGHUP: "SIGHUP",
            SIGUSR1: "SIGUSR1", SIGUSR2: "SIGUSR2", SIGWINCH: "SIGWINCH",
        ]
        return names[number] ?? "signal \(number)"
    }
}
