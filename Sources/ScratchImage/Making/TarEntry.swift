public import Attestation
import ELF

/// A file, folder or link of a layer, always of root.
public struct TarEntry: Sendable, Hashable {
    /// The path below the root, without a leading slash; `usr/share`.
    public let path: String
    /// What it is.
    public let kind: Kind
    /// The permission bits.
    public let mode: UInt32

    /// Whether it is a program that a gate has let through.
    private(set) var isAdmitted = false

    /// Kinds of entries.
    public enum Kind: Sendable, Hashable {
        /// A regular file with its content.
        case file([UInt8])
        /// A folder.
        case folder
        /// A symbolic link with its target.
        case link(String)
    }

    /// Makes an entry.
    public init(_ path: String, _ kind: Kind, mode: UInt32) {
        self.path = path
        self.kind = kind
        self.mode = mode
    }

    /// A file.
    public static func file(_ path: String, _ content: [UInt8], mode: UInt32 = 0o444) -> TarEntry {
        TarEntry(path, .file(content), mode: mode)
    }

    /// A program that a gate has let through.
    public static func program(_ path: String, _ binary: StampedBinary) -> TarEntry {
        var entry = TarEntry(path, .file(binary.bytes), mode: 0o555)
        entry.isAdmitted = true
        return entry
    }

    /// Whether it is a program that no gate has seen.
    var isStray: Bool { !isAdmitted && content.starts(with: ELFHeader.magic) }

    /// A folder.
    public static func folder(_ path: String, mode: UInt32 = 0o555) -> TarEntry { TarEntry(path, .folder, mode: mode) }

    /// The bytes of a file.
    var content: [UInt8] {
        if case .file(let bytes) = kind { bytes } else { [] }
    }

    /// The entries with the folders above them, parents first and in the order of their names.
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
        // A folder's name is the beginning of the names below it, so that it sorts before them.
        return all.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
    }
}
