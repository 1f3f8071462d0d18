import Attestation
import Files
import SystemPackage

/// The digests of the programs that the last run wrote into an output folder, whether they were stamped or not.
///
/// go keeps a program whose build ID is right, whatever else was changed in the file. Only a program whose digest is known
/// can be kept. The record lies in the user's cache, because the output folder holds nothing but what is delivered. Its form
/// is that of sha256sum: a digest, two spaces, and the path below the output folder.
struct BuiltRecord: Sendable {
    private let files: KeptFiles?
    private let name: String
    private let digests: [String: Digest]

    /// More output folders than one user has at a time.
    private static let maximumCount = 64

    /// Reads the record of an output folder. Without a cache folder, or with a record that cannot be read, nothing is known.
    init(of output: FilePath, in context: Context) {
        files = KeptFiles("built", environment: context.environment, limit: BuiltRecord.maximumCount)
        name = Digest(of: Array(output.string.utf8)).hexadecimal
        var digests: [String: Digest] = [:]
        for line in String(decoding: files?[name] ?? [], as: UTF8.self).split(separator: "\n") {
            guard let digest = Digest(hexadecimal: String(line.prefix(64))), line.dropFirst(64).hasPrefix("  ") else {
                continue
            }
            digests[String(line.dropFirst(66))] = digest
        }
        self.digests = digests
    }

    /// The digest of a program as the last run wrote it; nil if that is not known.
    ///
    /// - Parameter path: The path below the output folder.
    subscript(path: FilePath) -> Digest? { digests[path.string] }

    /// Adds what a run wrote. A record that cannot be written costs the next run some links, and is no error.
    func add(_ written: [FilePath: Digest]) {
        let all = digests.merging(written.map { ($0.key.string, $0.value) }) { $1 }
        guard all != digests else { return }
        files?.keep(all.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined().utf8, as: name)
    }
}
