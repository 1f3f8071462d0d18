import ELF
import Files
import GoBinary
import Verification

/// What programs look for at run time, and what of it a root has.
struct RootFacts {
    let root: ImageRoot
    let identity: ImageRoot.Identity

    /// The needs that the root meets with files that the user may read, or write for temporary files.
    ///
    /// Source: time.LoadLocation, which looks at ZONEINFO first; os.TempDir, which takes TMPDIR instead of /tmp.
    ///
    /// - Parameter variable: The value of a variable of the environment; nil if it is not set, or empty.
    func provided(variable: (String) -> String?) -> Set<RuntimeNeed> {
        Set(
            RuntimeNeed.allCases.filter { need in
                switch need {
                case .certificates: holdsCertificates(variable: variable)
                case .timeZones: ([variable("ZONEINFO")].compactMap { $0 } + need.paths).contains(where: isReadable)
                case .temporaryFiles: (variable("TMPDIR").map { [$0] } ?? need.paths).contains(where: isWritableFolder)
                case .users, .nameService: need.paths.contains(where: isReadable)
                }
            })
    }

    /// Whether Go finds certificates: in the first file that it can read, or in any file of the folders.
    ///
    /// Source: crypto/x509/root_unix.go, loadSystemRoots: SSL_CERT_FILE replaces the files, SSL_CERT_DIR the folders.
    private func holdsCertificates(variable: (String) -> String?) -> Bool {
        let files = variable("SSL_CERT_FILE").map { [$0] } ?? RuntimeNeed.certificates.paths
        if let file = files.first(where: isReadable), holdsCertificates(file) { return true }
        let folders = variable("SSL_CERT_DIR")?.split(separator: ":").map(String.init) ?? RuntimeNeed.certificateFolders
        return folders.contains { folder in
            isReadable(folder) && root.names(in: folder).contains { holdsCertificates(folder + "/" + $0) }
        }
    }

    private func isReadable(_ path: String) -> Bool {
        guard let node = root.place(at: path, for: identity)?.node else { return false }
        switch node.kind {
        case .folder: return node.permits(5, to: identity) && !root.names(in: path).isEmpty
        case .file(let content): return node.permits(4, to: identity) && content.count > 0
        case .link, .special: return false
        }
    }

    private func isWritableFolder(_ path: String) -> Bool {
        guard let node = root.place(at: path, for: identity)?.node, case .folder = node.kind else { return false }
        return node.permits(3, to: identity)
    }

    private func holdsCertificates(_ path: String) -> Bool {
        guard let node = root.place(at: path, for: identity)?.node, case .file(let content) = node.kind,
            node.permits(4, to: identity), let bytes = try? content.all(limit: 16 << 20)
        else { return false }
        return (try? CertificateBundle(String(decoding: bytes, as: UTF8.self))) != nil
    }

    /// Whether the interpreter that a program names exists, is executable, and is for the same machine.
    func holdsInterpreter(of program: ELFImage?) -> Bool {
        guard let program, let path = program.interpreters.first ?? nil,
            let node = root.place(at: path, for: identity)?.node,
            case .file(let stored) = node.kind, node.permits(1, to: identity),
            let bytes = try? stored.all(limit: 64 << 20), let loader = try? ELFImage(bytes)
        else { return false }
        return MachineKind.of(loader.header) == MachineKind.of(program.header)
    }
}
