/// The folders that every runtime mounts its own file systems over, which hides whatever the image has there.
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
