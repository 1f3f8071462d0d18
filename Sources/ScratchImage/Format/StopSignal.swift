/// The signal that asks a container to end, as images name it: `SIGTERM`, `TERM` or `15`.
public enum StopSignal {
    /// The names of signals 1 to 31 on all architectures that this program runs on (signal(7)).
    private static let names = [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    ]
    private static let synonyms = ["CLD": "CHLD", "IOT": "ABRT", "POLL": "IO", "RTMIN": "RTMIN+0", "RTMAX": "RTMAX-0"]

    /// The number of a signal; SIGTERM if the image names none, nil for a name that is unknown.
    public static func number(of text: String?) -> Int32? {
        guard let text, !text.isEmpty else { return number(of: "TERM") }
        if let number = Int32(text) { return (1...64).contains(number) ? number : nil }
        let upper = text.uppercased()
        let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
        let own = synonyms[name] ?? name
        return names.firstIndex(of: own).map { Int32($0 + 1) } ?? realTime(own)
    }

    /// Engines know real-time signals as RTMIN+n and RTMAX-n.
    private static func realTime(_ name: String) -> Int32? {
        guard name.hasPrefix("RTMIN+") || name.hasPrefix("RTMAX-"), let distance = Int32(name.dropFirst(6)),
            (0...30).contains(distance)
        else { return nil }
        return name.hasPrefix("RTMIN") ? 34 + distance : 64 - distance
    }
}
