import ELF
public import Files
import FoundationEssentials
public import SystemPackage

/// The files beside a binary that hold its stamp. The raw value is the suffix of the file's name.
public enum StampFile: String, Sendable, CaseIterable {
    /// Envelopes, one per line (https://github.com/in-toto/attestation/blob/main/spec/v1/bundle.md).
    case signed = "intoto.jsonl"
    /// One statement without an envelope, so without a signature.
    case unsigned = "intoto.json"
    /// A Sigstore bundle, for other tools; the gate does not read it.
    case sigstore = "sigstore.json"

    /// What the media types of Sigstore bundles of all versions begin with.
    public static let bundlePrefix = "application/vnd.dev.sigstore.bundle"

    /// The largest stamp that is read, in bytes. Real stamps have about 4 kB.
    static let maximumSize = 1 << 20

    /// The path of this file beside a binary.
    public func path(of binary: FilePath) -> FilePath {
        binary.removingLastComponent().appending((binary.lastComponent?.string ?? "") + "." + rawValue)
    }

    /// Whether the file beside a binary holds a stamp that this program wrote. Other tools use the same names, and a program may have
    /// one.
    public func isOwn(beside binary: FilePath) -> Bool {
        let verifier = Array(VerificationSummary.verifier.utf8)
        return documents(beside: binary).contains { $0[...].holds(verifier) }
    }

    /// Checks that writing a stamp replaces nothing of another tool.
    ///
    /// - Throws: `OutputError` if the file beside a binary is not a stamp that this program wrote.
    public func demandOwn(beside binary: FilePath) throws(OutputError) {
        guard FileIdentity(of: path(of: binary)) == nil || isOwn(beside: binary) else {
            throw OutputError(path(of: binary), .isForeign)
        }
    }

    /// The documents in the file beside a binary, whose signatures are not checked; none if it cannot be read. Each is decoded when it
    /// is asked for, because a bill of materials is much larger than the stamp before it.
    func documents(beside binary: FilePath) -> AnySequence<[UInt8]> {
        guard let bytes = try? read(beside: binary) else { return AnySequence([]) }
        switch self {
        case .unsigned: return AnySequence([bytes])
        case .signed:
            let lines = bytes.split(separator: 0x0a).lazy
            return AnySequence(
                lines.compactMap { (try? JSONDecoder().decode(Envelope.self, from: Data($0)))?.document })
        case .sigstore: return AnySequence([SigstoreBundle.envelope(in: bytes)?.document].compactMap(\.self))
        }
    }

    /// Reads the file beside a binary.
    func read(beside binary: FilePath) throws(FileError) -> [UInt8] { try StampFile.read(path(of: binary)) }

    /// Reads a stamp. Opening it never blocks on a pipe and never follows a link.
    ///
    /// - Throws: `FileError` if the file is missing, not a regular file, too large, or cannot be read.
    static func read(_ path: FilePath) throws(FileError) -> [UInt8] {
        try FileSnapshot(OpenFile(path, followsLinks: false, maximumSize: StampFile.maximumSize)).bytes
    }
}

/// A stamp that does not lie beside its binary, for example in an image's registry.
public struct StampDocument: Sendable, Hashable {
    /// The format of the content.
    public let kind: StampFile
    /// The content, unchecked.
    public let bytes: [UInt8]

    /// Makes a document from content that was read elsewhere.
    public init(kind: StampFile, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// Reads a file whose name ends like that of a stamp.
    ///
    /// Returns nil for any other name, and for a file that `StampFile` would not read.
    public init?(at path: FilePath) {
        guard let kind = StampFile.allCases.first(where: { path.string.hasSuffix("." + $0.rawValue) }),
            let bytes = try? StampFile.read(path)
        else { return nil }
        self.init(kind: kind, bytes: bytes)
    }
}
