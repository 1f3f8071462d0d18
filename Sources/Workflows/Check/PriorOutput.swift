import Attestation
import Files
import GoToolchain
import SystemPackage

/// A program from an earlier run, which go does not link again if it is up to date.
///
/// go compares only the build ID inside the file, so it would also keep a file that was changed since. If go keeps the
/// file, its digest must be compared with the one that was written down, unless the state of the file was written down too and is
/// the same.
struct PriorOutput: Sendable {
    /// The digests that were written down: by the last run on this machine, and in the stamp.
    private let expected: [Digest]
    private let staged: FilePath
    private let identity: FileIdentity
    /// The digest of the file; nil if it is not known yet.
    private(set) var digest: Digest?

    /// Links the file of an earlier run to where go will write.
    ///
    /// - Parameters:
    ///   - recorded: The file as the last run on this machine wrote it; nil if that is not known.
    ///   - cache: The name of the cache program of this run. A file that was made with another one is not taken, because the new
    ///     stamp would not name it.
    /// - Returns: nil if no digest of the file is known, or the file system has no hard links.
    static func offer(
        _ final: FilePath, at staged: FilePath, recorded: BuiltRecord.Entry?, madeWith cache: String?
    ) -> PriorOutput? {
        let digest = recorded?.digest(ofUnchanged: final)
        let stamp = digest == nil ? Stamp.origin(beside: final) : nil
        let expected = [recorded?.digest, stamp?.digest].compactMap(\.self)
        guard let identity = FileIdentity(of: final), identity.isPlainProgram, !expected.isEmpty,
            [nil, cache].contains(stamp?.cacheProgram), (try? link(final, as: staged)) != nil
        else { return nil }
        return PriorOutput(expected: expected, staged: staged, identity: identity, digest: digest)
    }

    /// Whether go left the file as it was.
    var isKept: Bool {
        FileIdentity(of: staged).map { $0.inode == identity.inode && $0.device == identity.device } ?? false
    }

    /// Whether the file is the one whose digest was written down.
    func isUnaltered(_ digest: Digest) -> Bool { expected.contains(digest) }

    /// Takes the digests of files, one after the other, while go runs. When it ends, the others are left: all cores are free
    /// then.
    ///
    /// go never writes into a file, it replaces it. If someone else writes into one meanwhile, the rules judge its new bytes, and
    /// the gate refuses it, because its stamp is about the old ones.
    ///
    /// - Returns: What `build` returned, and the files with their digests. That of a file which go has replaced is of no use.
    static func hashing<Result: Sendable>(
        _ priors: [Program: PriorOutput], while build: () async throws -> Result
    ) async throws -> (Result, [Program: PriorOutput]) {
        try await withThrowingTaskGroup(of: [Program: PriorOutput].self) { group in
            group.addTask {
                var hashed = priors
                for (program, prior) in priors where prior.digest == nil && !Task.isCancelled {
                    hashed[program]?.digest = try? Digest(of: OpenFile(prior.staged))
                }
                return hashed
            }
            let result = try await build()
            group.cancelAll()
            return (result, try await group.next() ?? [:])
        }
    }
}

extension MatrixRun {
    /// The programs of an earlier run, each linked to where go writes.
    func priors(of step: BuildStep, in folder: FilePath) async throws -> [Program: PriorOutput] {
        let priors = try await Concurrently.map(step.programs, width: ParallelFiles.width) { program in
            let path = placement.path(of: program, on: step.platform, below: "")
            return PriorOutput.offer(
                placement.output.pushing(path), at: step.file(of: program, in: folder), recorded: record[path],
                madeWith: cache?.name)
        }
        return Dictionary(zip(step.programs, priors)) { first, _ in first }.compactMapValues(\.self)
    }
}
