internal import Glibc

/// The signal that asks a container to end, as images name it: `SIGTERM`, `TERM` or `15`.
public enum StopSignal {
    // Source: signal(7). The engines know the same names, and real-time signals as RTMIN+n and RTMAX-n.
    private static let numbers: [String: Int32] = [
        "ABRT": SIGABRT, "ALRM": SIGALRM, "BUS": SIGBUS, "CHLD": SIGCHLD, "CLD": SIGCHLD, "CONT": SIGCONT,
        "FPE": SIGFPE,
        "HUP": SIGHUP, "ILL": SIGILL, "INT": SIGINT, "IO": SIGIO, "IOT": SIGIOT, "KILL": SIGKILL, "PIPE": SIGPIPE,
        "POLL": SIGPOLL, "PROF": SIGPROF, "PWR": SIGPWR, "QUIT": SIGQUIT, "SEGV": SIGSEGV, "STKFLT": SIGSTKFLT,
        "STOP": SIGSTOP, "SYS": SIGSYS, "TERM": SIGTERM, "TRAP": SIGTRAP, "TSTP": SIGTSTP, "TTIN": SIGTTIN,
        "TTOU": SIGTTOU,
        "URG": SIGURG, "USR1": SIGUSR1, "USR2": SIGUSR2, "VTALRM": SIGVTALRM, "WINCH": SIGWINCH, "XCPU": SIGXCPU,
        "XFSZ": SIGXFSZ, "RTMIN": 34, "RTMAX": 64,
    ]

    /// The number of a signal; SIGTERM if the image names none, nil for a name that is unknown.
    public static func number(of text: String?) -> Int32? {
        guard let text, !text.isEmpty else { return SIGTERM }
        if let number = Int32(text) { return (1...64).contains(number) ? number : nil }
        let upper = text.uppercased()
        let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
        return numbers[name] ?? realTime(name)
    }

    private static func realTime(_ name: String) -> Int32? {
        guard name.hasPrefix("RTMIN+") || name.hasPrefix("RTMAX-"), let distance = Int32(name.dropFirst(6)) else {
            return nil
        }
        guard (0...30).contains(distance) else { return nil }
        return name.hasPrefix("RTMIN") ? 34 + distance : 64 - distance
    }
}
