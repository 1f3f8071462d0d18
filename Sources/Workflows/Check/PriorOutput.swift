import Attestation
import Files
import GoToolchain
import SystemPackage

/// A stamped program of an earlier run. If go finds it up to date, it does not link again.
///
/// go compares only the build ID inside the file, so a file that was changed since would be kept. If go left the file as
/// it was, it must be hashed and compared with the digest in the stamp.
struct PriorOutput: Sendable {
    let digest: Digest
    private let identity: FileIdentity

    /// Links the file of an earlier run to where go will write.
    ///
    /// - Returns: nil if there is no stamped file, or the file system has no hard links.
    static func offer(_ final: FilePath, at staged: FilePath) -> PriorOutput? {
        guard let identity = FileIdentity(of: final), identity.isPlainProgram,
            let digest = Stamp.subjectDigest(beside: final), (try? link(final, as: staged)) != nil
        else { return nil }
        return PriorOutput(digest: digest, identity: identity)
    }

    /// Whether go left the file as it was.
    func isStill(_ staged: FilePath) -> Bool {
        FileIdentity(of: staged).map { $0.inode == identity.inode && $0.device == identity.device } ?? false
    }
}
