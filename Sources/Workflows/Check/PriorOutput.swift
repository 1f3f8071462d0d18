import Attestation
import Files
import GoToolchain
import SystemPackage

/// A program of an earlier run whose stamp is beside it. go links nothing where it finds such a file up to date.
///
/// go looks at no more than the build ID inside of the file, so that a file that was changed since would stay in its place:
/// whoever finds it left untouched must hash it, and compare with the stamp.
struct PriorOutput: Sendable {
    let digest: Digest
    private let identity: FileIdentity

    /// Puts the file of an earlier run where go is going to write, under a second name.
    ///
    /// - Returns: Nil where there is none that a stamp speaks of, or the file system knows no second names.
    static func offer(_ final: FilePath, at staged: FilePath) -> PriorOutput? {
        guard let identity = FileIdentity(of: final), identity.isPlainProgram,
            let digest = Stamp.subjectDigest(beside: final), (try? link(final, as: staged)) != nil
        else { return nil }
        return PriorOutput(digest: digest, identity: identity)
    }

    /// Whether go has left the file as it was.
    func isStill(_ staged: FilePath) -> Bool {
        FileIdentity(of: staged).map { $0.inode == identity.inode && $0.device == identity.device } ?? false
    }
}
