internal import Glibc

/// The signal that asks a container to end, as images name it: `SIGTERM`, `TERM` or `15`.
public enum StopSignal {
    private static let numbers: [String: Int32] = [
        "HUP": SIGHUP, "INT": SIGINT, "QUIT": SIGQUIT, "KILL": SIGKILL, "USR1": SIGUSR1, "USR2": SIGUSR2,
        "TERM": SIGTERM, "WINCH": SIGWINCH, "ABRT": SIGABRT, "ALRM": SIGALRM, "CONT": SIGCONT, "STOP": SIGSTOP,
    ]

    /// The number of a signal; SIGTERM if the image names none, nil for a name that is unknown.
    public static func number(of text: String?) -> Int32? {
        guard let text, !text.isEmpty else { return SIGTERM }
        if let number = Int32(text) { return (1...64).contains(number) ? number : nil }
        let name = text.uppercased()
        return numbers[name.hasPrefix("SIG") ? String(name.dropFirst(3)) : name]
    }
}
