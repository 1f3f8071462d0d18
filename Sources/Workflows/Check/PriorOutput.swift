import Attestation
import Files
import GoToolchain
import SystemPackage

/// A stamped program from an earlier run, which go does not link again if it is up to date.
///
/// go compares only the build ID inside the file, so it would also keep a file that was changed since. If go keeps the
/// file, its digest must be compared with the one in the stamp.
struct PriorOutput: Sendable {
    let digest: Digest
    private let identity: FileIdentity

    /// Links the file of an earlier run to where go will write.
    ///
    /// - Parameter cache: The name of the cache program of this run. A file that was made with another one is not taken, because
    ///   the new stamp would not name it.
    /// - Returns: nil if there is no such stamped file, or the file system has no hard links.
    static func offer(_ final: FilePath, at staged: FilePath, madeWith cache: String?) -> PriorOutput? {
        guard let identity = FileIdentity(of: final), identity.isPlainProgram,
            let digest = Stamp.subjectDigest(beside: final),
            [nil, cache].contains(Stamp.cacheProgram(beside: final)), (try? link(final, as: staged)) != nil
        else { return nil }
        return PriorOutput(digest: digest, identity: identity)
    }

    /// Whether go left the file as it was.
    func isStill(_ staged: FilePath) -> Bool {
        FileIdentity(of: staged).map { $0.inode == identity.inode && $0.device == identity.device } ?? false
    }
}
