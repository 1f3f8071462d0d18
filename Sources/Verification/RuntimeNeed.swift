/// Something that a program may look for in its root while it runs.
public enum RuntimeNeed: String, Sendable, Hashable, CaseIterable {
    /// The certificates of authorities, to authenticate HTTPS servers.
    case certificates
    /// The time zone files.
    case timeZones = "time-zones"
    /// A folder for temporary files.
    case temporaryFiles = "tmp"
    /// Users and groups by name.
    case users
    /// The configuration that says how to look up host names.
    case nameService = "nsswitch"

    /// The rule that detects the need.
    var rule: Rule {
        switch self {
        case .certificates: .certificates
        case .timeZones: .timeZones
        case .temporaryFiles: .temporaryFiles
        case .users: .userDatabase
        case .nameService: .nameResolution
        }
    }

    /// The folders whose files Go's library reads as certificates, besides the file.
    ///
    /// Source: crypto/x509/root_linux.go, certDirectories.
    public static let certificateFolders = ["/etc/ssl/certs", "/etc/pki/tls/certs"]

    /// The paths that Go's library tries, in its order. One of them is enough.
    ///
    /// Source: crypto/x509/root_linux.go, time/zoneinfo_unix.go, os.TempDir, os/user/lookup_stubs.go, net/nss.go.
    public var paths: [String] {
        switch self {
        case .certificates:
            [
                "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
                "/etc/pki/tls/cacert.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
            ]
        case .timeZones:
            ["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/usr/lib/locale/TZ", "/etc/zoneinfo"]
        case .temporaryFiles: ["/tmp"]
        case .users: ["/etc/passwd"]
        case .nameService: ["/etc/nsswitch.conf"]
        }
    }
}

extension Subject {
    /// What the program looks for in its root, whether or not an image around it has it.
    public var needs: Set<RuntimeNeed> {
        let alone = with(nil as Surroundings?)
        return Set(RuntimeNeed.allCases.filter { !$0.rule.observe(alone).isEmpty })
    }
}
