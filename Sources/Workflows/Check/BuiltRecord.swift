import Attestation
import Files
import SystemPackage

/// The digests of the programs that the last run wrote into an output folder, whether they were stamped or not.
///
/// go keeps a program whose build ID is right, whatever else was changed in the file. Only a program whose digest is known
/// can be kept. The record lies in the user's cache, because the output folder holds nothing but what is delivered. Its form
/// is that of sha256sum: a digest, two spaces, and the path below the output folder.
struct BuiltRecord: Sendable {
    private let file: FilePath?
    private let digests: [String: Digest]

    /// Reads the record of an output folder. Without a cache folder, or with a record that cannot be read, nothing is known.
    init(of output: FilePath, in context: Context) {
        file = BuiltRecord.folder(in: context)?.appending(Digest(of: Array(output.string.utf8)).hexadecimal)
        let bytes = file.flatMap { try? FileSnapshot($0).bytes } ?? []
        var digests: [String: Digest] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
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
        guard let file else { return }
        let all = digests.merging(written.map { ($0.key.string, $0.value) }) { $1 }
        guard all != digests else { return }
        let text = all.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined()
        let folder = file.removingLastComponent()
        guard (try? Folder.create(folder)) != nil else { return }
        if !file.exists { BuiltRecord.removeOldest(in: folder) }
        try? AtomicFile.write(text.utf8, to: file)
    }

    /// Keeps the newer half of the records if there are too many, because output folders come and go.
    private static func removeOldest(in folder: FilePath) {
        guard let names = try? Folder.names(in: folder), names.count >= maximumCount else { return }
        let files = names.map { name in
            let file = folder.appending(name)
            return (file: file, written: file.writeTime ?? 0)
        }
        for (file, _) in files.sorted(by: { $0.written < $1.written }).prefix(files.count / 2) {
            try? Folder.removeTree(file)
        }
    }

    private static let maximumCount = 64

    /// By the XDG Base Directory Specification, which has relative paths ignored.
    private static func folder(in context: Context) -> FilePath? {
        let own = context.variable("XDG_CACHE_HOME").map { FilePath($0) }
        let home = context.variable("HOME").map { FilePath($0).appending(".cache") }
        return [own, home].compactMap(\.self).first(where: \.isAbsolute)?.appending("staticcheck").appending("built")
    }
}
