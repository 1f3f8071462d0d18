import Files
public import SystemPackage

/// The files beside a binary that hold its stamp.
public enum StampFile: String, Sendable, CaseIterable {
    /// Envelopes, one a line (https://github.com/in-toto/attestation/blob/main/spec/v1/bundle.md).
    case signed = "intoto.jsonl"
    /// A bare statement.
    case unsigned = "intoto.json"
    /// A Sigstore bundle.
    case sigstore = "sigstore.json"

    /// The longest stamp that is read, in bytes; a real one has about four thousand.
    static let maximumSize = 1 << 20

    /// Where the file of a binary lies.
    public func path(of binary: FilePath) -> FilePath {
        binary.removingLastComponent().appending((binary.lastComponent?.string ?? "") + "." + rawValue)
    }

    /// Why a stamp cannot be read.
    enum Failure: Error {
        /// There is none.
        case missing
        /// There is something else: a link, a pipe, a file that is too long.
        case unusable(String)
    }

    /// Reads the file, if it is a regular one; opening never waits for a pipe, and never follows a link.
    func read(beside binary: FilePath) throws(Failure) -> [UInt8] { try StampFile.read(path(of: binary)) }

    static func read(_ path: FilePath) throws(Failure) -> [UInt8] {
        do throws(FileError) {
            return try FileSnapshot(OpenFile(path, followsLinks: false, maximumSize: StampFile.maximumSize)).bytes
        } catch {
            throw error.isMissing ? .missing : .unusable("the stamp \(error.reason)")
        }
    }
}

/// A stamp that does not lie beside its binary.
public struct StampDocument: Sendable, Hashable {
    /// Its form.
    public let kind: StampFile
    /// Its content.
    public let bytes: [UInt8]

    /// Makes a document of its content.
    public init(kind: StampFile, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// Reads a file whose name ends as that of a stamp.
    ///
    /// - Returns: nil for another name, and for what cannot be read as a stamp.
    public init?(at path: FilePath) {
        guard let kind = StampFile.allCases.first(where: { path.string.hasSuffix("." + $0.rawValue) }),
            let bytes = try? StampFile.read(path)
        else { return nil }
        self.init(kind: kind, bytes: bytes)
    }
}
