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
    /// - Parameters:
    ///   - zoneVariable: ZONEINFO, which Go looks at first.
    ///   - certificates: SSL_CERT_FILE, which Go reads instead of its own list.
    ///   - temporary: TMPDIR, which Go uses instead of /tmp.
    func provided(zoneVariable: String?, certificates: String?, temporary: String?) -> Set<RuntimeNeed> {
        Set(
            RuntimeNeed.allCases.filter { need in
                switch need {
                case .certificates: (certificates.map { [$0] } ?? need.paths).contains(where: holdsCertificates)
                case .timeZones: ((zoneVariable.map { [$0] } ?? []) + need.paths).contains(where: isReadable)
                case .temporaryFiles: (temporary.map { [$0] } ?? need.paths).contains(where: isWritableFolder)
                case .users, .nameService: need.paths.contains(where: isReadable)
                }
            })
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
