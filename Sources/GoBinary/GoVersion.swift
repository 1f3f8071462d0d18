/// The version of a Go toolchain, `go1.26.4`, ordered by age.
public struct GoVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The major version; always 1 so far.
    public let major: Int
    /// The language version.
    public let minor: Int
    /// The bug-fix release; nil if the text has none.
    public let patch: Int?
    /// `rc1`, `beta2`; empty for a release.
    public let preview: String

    /// Makes a version from its numbers.
    public init(major: Int, minor: Int, patch: Int? = nil, preview: String = "") {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.preview = preview
    }

    /// Reads a version from a command line.
    public init?(argument: String) { self.init(argument) }

    /// Reads `go1.26.4`, `1.26.4`, `1.27rc1`, and what `go version` and build infos write; nil if the text is not a version.
    ///
    /// Text after the version (`X:boringcrypto`, the suffix of a distribution) is ignored.
    public init?(_ text: String) {
        let word = text.prefix { $0 != " " && $0 != "-" && $0 != "+" }
        let parts = (word.hasPrefix("go") ? word.dropFirst(2) : word).split(
            separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let major = Int(parts[0]) else { return nil }
        let digits = parts[1].prefix { $0.isASCII && $0.isNumber }
        guard let minor = Int(digits), parts.count == 2 || digits.count == parts[1].count else { return nil }
        self.major = major
        self.minor = minor
        self.preview = String(parts[1].dropFirst(digits.count))
        if parts.count == 3 {
            guard let patch = Int(parts[2]) else { return nil }
            self.patch = patch
        } else {
            self.patch = nil
        }
    }

    /// The name of the toolchain, `go1.26.4`.
    public var description: String { "go\(major).\(minor)" + (patch.map { ".\($0)" } ?? "") + preview }

    /// Whether this version, as asked for, accepts a toolchain. A version without a patch number accepts every release.
    public func covers(_ text: String) -> Bool {
        guard let other = GoVersion(text), major == other.major, minor == other.minor else { return false }
        return patch == nil && preview.isEmpty ? other.preview.isEmpty : self == other
    }

    /// Older first; a preview comes before the release.
    public static func < (left: GoVersion, right: GoVersion) -> Bool {
        if left.major != right.major { return left.major < right.major }
        if left.minor != right.minor { return left.minor < right.minor }
        if left.preview != right.preview {
            return right.preview.isEmpty || (!left.preview.isEmpty && left.preview < right.preview)
        }
        return (left.patch ?? 0) < (right.patch ?? 0)
    }
}
