/// Whether this machine lets a process have namespaces of its own, asked of util-linux.
public enum Namespaces {
    /// True where `unshare` succeeds; a container runtime may forbid it.
    public static let arePermitted = (try? Execution("unshare", ["-Urmn", "true"]).status) == 0
}
