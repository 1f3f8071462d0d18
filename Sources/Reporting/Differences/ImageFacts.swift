/// What is compared of the image of one platform.
public struct ImageFacts: Sendable {
    let platform: String
    let digest: String
    /// What a runtime takes from the configuration: `user`, `entry point`, `environment PATH`, `port 8080/tcp`…
    let settings: [String: String]
    let files: [String: RootFile]
    let programs: [ProgramFacts]

    /// Describes an image.
    ///
    /// - Parameters:
    ///   - platform: The platform, and a number if the index names it twice.
    ///   - digest: The digest of the manifest.
    ///   - settings: What a runtime takes from the configuration, by name.
    ///   - files: What the root holds, by absolute path.
    ///   - programs: The programs of the root.
    public init(
        platform: String, digest: String, settings: [String: String], files: [String: RootFile],
        programs: [ProgramFacts]
    ) {
        self.platform = platform
        self.digest = digest
        self.settings = settings
        self.files = files
        self.programs = programs
    }
}

/// A file, folder or link of an image's root.
public struct RootFile: Sendable, Hashable, Codable {
    /// What it is.
    public enum Kind: String, Sendable, Hashable, Codable {
        case file, folder, link
        case hardLink = "hard-link"
    }

    /// What it is.
    public let kind: Kind
    /// The permission bits in octal, `0755`.
    public let mode: String
    /// The owner and the group in numbers, `65532:65532`.
    public let owner: String
    /// The size in bytes; nil if it is not a file.
    public let size: Int?
    /// The SHA-256 digest in hexadecimal; nil if it is not a file.
    public let sha256: String?
    /// Where a link leads, or the other name of the file; nil if it is not a link.
    public let target: String?

    /// Describes a file.
    public init(
        kind: Kind, mode: UInt32, user: UInt32, group: UInt32, size: Int? = nil, sha256: String? = nil,
        target: String? = nil
    ) {
        self.kind = kind
        self.mode = "0" + String(mode, radix: 8)
        owner = "\(user):\(group)"
        self.size = size
        self.sha256 = sha256
        self.target = target
    }

    /// The file in a cell of a table: what differs from another, or everything.
    func words(besides other: RootFile?) -> String {
        var words: [String] = []
        if kind != .file || (other.map { $0.kind != kind } ?? false) { words.append(kind.rawValue) }
        if other?.mode != mode { words.append(mode) }
        if other?.owner != owner { words.append(owner) }
        if let size, other?.sha256 != sha256 { words.append(Quantity.size(size)) }
        if let sha256, let other, other.sha256 != nil, other.sha256 != sha256 {
            words.append(String(sha256.prefix(12)))
        }
        if let target, other?.target != target { words.append("to \(target)") }
        return words.joined(separator: " ")
    }
}
