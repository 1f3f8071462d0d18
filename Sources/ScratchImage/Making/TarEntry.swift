public import Attestation
import ELF

/// A file, folder or link in a layer. It belongs to root, unless the program may write there.
public struct TarEntry: Sendable, Hashable {
    /// The path below the root, without a slash at the start or end: `usr/share`.
    public let path: String
    /// What it is.
    public let kind: Kind
    /// The permission bits.
    public let mode: UInt32

    /// The owner; nil for root.
    private(set) var owner: UserNumbers?
    /// Whether it is a program that the gate has admitted.
    private(set) var isAdmitted = false
    /// The name in the stamp of a program whose file had another name.
    private(set) var stampedName: String?

    /// Kinds of entries.
    public enum Kind: Sendable, Hashable {
        /// A regular file with its content.
        case file([UInt8])
        /// A folder.
        case folder
        /// A symbolic link with its target.
        case link(String)
    }

    /// Makes an entry of its parts.
    public init(_ path: String, _ kind: Kind, mode: UInt32) {
        self.path = path
        self.kind = kind
        self.mode = mode
    }

    /// A regular file.
    public static func file(_ path: String, _ content: [UInt8], mode: UInt32 = 0o444) -> TarEntry {
        TarEntry(path, .file(content), mode: mode)
    }

    /// A program that the gate has admitted.
    public static func program(_ path: String, _ binary: StampedBinary) -> TarEntry {
        var entry = TarEntry(path, .file(binary.bytes), mode: 0o555)
        entry.isAdmitted = true
        entry.stampedName = binary.stampedName
        return entry
    }

    /// Whether it is an ELF file that the gate has not admitted.
    var isStray: Bool { !isAdmitted && content.starts(with: ELFHeader.magic) }

    /// A folder.
    public static func folder(_ path: String, mode: UInt32 = 0o555) -> TarEntry { TarEntry(path, .folder, mode: mode) }

    /// A folder that a user may write to.
    static func folder(_ folder: WritableFolder, of user: UserNumbers) -> TarEntry {
        TarEntry.folder(folder.path).writable(by: user)
    }

    /// The entry as one that a user may write to, and others not.
    func writable(by user: UserNumbers) -> TarEntry {
        var entry = TarEntry(path, kind, mode: mode | 0o200)
        entry.isAdmitted = isAdmitted
        entry.stampedName = stampedName
        entry.owner = user
        return entry
    }

    /// The bytes of a file; empty for folders and links.
    var content: [UInt8] {
        if case .file(let bytes) = kind { bytes } else { [] }
    }

    /// The entries and the folders above them, sorted by name in bytes, so that folders come before their content.
    static func complete(_ entries: [TarEntry]) -> [TarEntry] {
        var known = Set(entries.map(\.path))
        var all = entries
        for entry in entries {
            var parts = entry.path.split(separator: "/").dropLast()
            while !parts.isEmpty, known.insert(parts.joined(separator: "/")).inserted {
                all.append(.folder(parts.joined(separator: "/")))
                parts = parts.dropLast()
            }
        }
        // The path of a folder is a prefix of the paths below it, so it sorts before them.
        return all.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
    }
}
