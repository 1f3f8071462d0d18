import Attestation
import Files
import GoToolchain
import SystemPackage

/// A program from an earlier run, which go does not link again if it is up to date.
///
/// go compares only the build ID inside the file, so it would also keep a file that was changed since. If go keeps the
/// file, its digest must be compared with the one that was written down.
struct PriorOutput: Sendable {
    /// The digests that were written down: by the last run on this machine, and in the stamp.
    let digests: [Digest]
    private let identity: FileIdentity

    /// Links the file of an earlier run to where go will write.
    ///
    /// - Parameters:
    ///   - recorded: The digest of the file as the last run on this machine wrote it; nil if that is not known.
    ///   - cache: The name of the cache program of this run. A file that was made with another one is not taken, because the new
    ///     stamp would not name it.
    /// - Returns: nil if no digest of the file is known, or the file system has no hard links.
    static func offer(
        _ final: FilePath, at staged: FilePath, recorded: Digest?, madeWith cache: String?
    ) -> PriorOutput? {
        guard let identity = FileIdentity(of: final), identity.isPlainProgram,
            case let digests = [recorded, Stamp.subjectDigest(beside: final)].compactMap(\.self), !digests.isEmpty,
            [nil, cache].contains(Stamp.cacheProgram(beside: final)), (try? link(final, as: staged)) != nil
        else { return nil }
        return PriorOutput(digests: digests, identity: identity)
    }

    /// Whether go left the file as it was.
    func isStill(_ staged: FilePath) -> Bool {
        FileIdentity(of: staged).map { $0.inode == identity.inode && $0.device == identity.device } ?? false
    }
}
