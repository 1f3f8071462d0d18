/// The folders over which every runtime mounts something of its own, so that nothing in an image can be there.
///
/// Source: the OCI runtime specification, config-linux.md, "Default Filesystems".
public enum RuntimeMount {
    /// The folders.
    public static let all = ["/dev", "/proc", "/sys"]

    /// The one that hides an absolute path; nil if none does.
    public static func over(_ path: some StringProtocol) -> String? {
        let first = "/" + path.drop { $0 == "/" }.prefix { $0 != "/" }
        return all.first { $0 == first }
    }
}
