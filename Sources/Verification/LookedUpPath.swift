/// A path that a program looked up and did not find, and the rule that foretells it.
public struct LookedUpPath: Sendable, Hashable {
    /// The path.
    public let path: String
    /// The rule that a finding of was there for it; nil if none foretold it.
    public let rule: String?

    /// The paths of a proof, without what loaders try in vain on every system.
    ///
    /// - Parameters:
    ///   - proof: What the program did.
    ///   - rules: The rules that have a finding for the program.
    public static func all(in proof: Proof, foretoldBy rules: Set<String>) -> [LookedUpPath] {
        (proof.missing ?? []).filter { !isTriedInVain($0) }.map { path in
            LookedUpPath(path: path, rule: candidates(for: path).first { rules.contains($0.identifier) }?.identifier)
        }
    }

    /// Caches, and folders for processors of certain kinds, that glibc's loader tries first (ld.so(8)).
    private static func isTriedInVain(_ path: String) -> Bool {
        ["/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/ld-nix.so.preload"].contains(path)
            || ["/glibc-hwcaps", "/tls", "/haswell", "/x86_64/", "/avx512_1"].contains { path.contains($0) }
            || path.hasSuffix("/x86_64")
    }

    private static func candidates(for path: String) -> [Rule] {
        func isBelow(_ folders: String...) -> Bool {
            folders.contains { path == $0 || path.hasPrefix($0 + "/") }
        }
        if path.contains(".so") { return [.neededLibrary, .runtimeLoading, .nameService] }
        if isBelow("/etc/ssl", "/etc/pki", "/usr/local/share/certs", "/system/etc/security", "/etc/openssl", "/var/ssl")
        {
            return [.certificates]
        }
        if path.contains("/zoneinfo") || path.hasSuffix("/lib/time") || isBelow("/etc/localtime", "/usr/lib/locale/TZ")
        {
            return [.timeZones]
        }
        if isBelow(
            "/etc/resolv.conf", "/etc/hosts", "/etc/services", "/etc/protocols", "/etc/mdns.allow", "/etc/host.conf")
        {
            return [.nameResolution, .nameService]
        }
        if isBelow("/etc/nsswitch.conf") { return [.nameResolution, .nameService, .userDatabase] }
        if isBelow("/etc/passwd", "/etc/group") { return [.userDatabase, .nameService] }
        if isBelow("/tmp") { return [.temporaryFiles] }
        if isBelow("/usr/lib/locale", "/usr/share/locale", "/usr/share/i18n") || path.contains("/gconv") {
            return [.characterSets]
        }
        return isBelow("/bin", "/usr/bin", "/sbin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin")
            ? [.otherPrograms] : []
    }
}
