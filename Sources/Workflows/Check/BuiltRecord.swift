import Attestation
import Files
import SystemPackage

/// The digests of the programs that the last run wrote into an output folder, whether they were stamped or not.
///
/// go keeps a program whose build ID is right, whatever else was changed in the file. Only a program whose digest is known
/// can be kept. The record lies in the user's cache, because the output folder holds nothing but what is delivered. Its form
/// is that of sha256sum: a digest, two spaces, and the path below the output folder. A comment has the state of the file in the
/// place of the digest.
struct BuiltRecord: Sendable {
    private let output: FilePath
    private let files: KeptFiles?
    private let name: String
    private let programs: [String: Entry]

    /// A program as the last run wrote it.
    struct Entry: Sendable, Hashable {
        let digest: Digest
        /// The state of the file (`FileState`); nil if it does not tell whether the file was changed since.
        let state: String?

        /// The digest of the file at a path, if nobody has written to it since; nil if that is not certain.
        func digest(ofUnchanged path: FilePath) -> Digest? {
            state != nil && state == FileState(of: path)?.description ? digest : nil
        }
    }

    /// More output folders than one user has at a time.
    private static let maximumCount = 64

    /// Reads the record of an output folder. Without a cache folder, or with a record that cannot be read, nothing is known.
    init(of output: FilePath, in context: Context) {
        files = KeptFiles("built", environment: context.environment, limit: BuiltRecord.maximumCount)
        name = Digest(of: Array(output.string.utf8)).hexadecimal
        self.output = output
        programs = BuiltRecord.entries(in: String(decoding: files?[name] ?? [], as: UTF8.self))
    }

    private static func entries(in text: String) -> [String: Entry] {
        var digests: [String: Digest] = [:]
        var states: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let blanks = line.firstRange(of: "  ") else { continue }
            let path = String(line[blanks.upperBound...])
            let value = line[..<blanks.lowerBound]
            if value.hasPrefix(comment) {
                states[path] = String(value.dropFirst(comment.count))
            } else if let digest = Digest(hexadecimal: String(value)) {
                digests[path] = digest
            }
        }
        return Dictionary(uniqueKeysWithValues: digests.map { ($0, Entry(digest: $1, state: states[$0])) })
    }

    private static let comment = "# "

    /// A program as the last run wrote it; nil if that is not known.
    ///
    /// - Parameter path: The path below the output folder.
    subscript(path: FilePath) -> Entry? { programs[path.string] }

    /// Adds what a run wrote, with the states of the files. A record that cannot be written costs the next run some time, and is no
    /// error.
    func add(_ written: [FilePath: Digest]) {
        let new = written.map { path, digest in
            (path.string, Entry(digest: digest, state: FileState.settled(of: output.pushing(path))?.description))
        }
        let all = programs.merging(new) { $1 }
        guard all != programs else { return }
        let lines = all.sorted { $0.key < $1.key }.map { path, program in
            (program.state.map { "\(BuiltRecord.comment)\($0)  \(path)\n" } ?? "") + "\(program.digest)  \(path)\n"
        }
        files?.keep(lines.joined().utf8, as: name)
    }
}
