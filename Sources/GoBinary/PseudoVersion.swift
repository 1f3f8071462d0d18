/// The version that go gives a commit without a tag: `v0.0.0-20260102030405-abcdef123456`.
///
/// Source: https://go.dev/ref/mod#pseudo-versions.
public struct PseudoVersion: Sendable, Hashable, CustomStringConvertible {
    private let text: String

    /// Makes the version of a commit.
    ///
    /// - Parameters:
    ///   - revision: The hash of the commit, at least 12 hexadecimal digits.
    ///   - time: The time of the commit, RFC 3339 in UTC, as go writes it into `vcs.time`.
    ///   - tag: The version of the newest tag before the commit, `v1.2.3`; nil if there is none.
    ///   - major: The major version of the module, if there is no tag.
    public init?(revision: String, time: String, after tag: SemanticVersion? = nil, major: Int = 0) {
        let digits = time.prefix { $0 != "." && $0 != "Z" }.filter { $0.isASCII && $0.isNumber }
        let revision = revision.prefix(12)
        guard digits.count == 14, time.hasSuffix("Z"), revision.utf8.count == 12, revision.allSatisfy(\.isHexDigit)
        else {
            return nil
        }
        let commit = "\(digits)-\(revision)"
        guard let tag else {
            text = "v\(major).0.0-\(commit)"
            return
        }
        let (next, overflow) = tag.patch.addingReportingOverflow(1)
        guard !overflow else { return nil }
        text =
            tag.preview.isEmpty
            ? "v\(tag.major).\(tag.minor).\(next)-0.\(commit)"
            : "v\(tag.major).\(tag.minor).\(tag.patch)-\(tag.preview).0.\(commit)"
    }

    /// The version.
    public var description: String { text }
}

/// A version as tags of Go modules have it: `v1.2.3`, `v1.2.3-rc.1`.
///
/// Source: https://go.dev/ref/mod#versions.
public struct SemanticVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    let major: Int
    let minor: Int
    let patch: Int
    /// `rc.1`; empty for a release.
    let preview: String

    /// Reads a tag; nil if go would not take it for a version.
    public init?(_ tag: String) {
        guard tag.hasPrefix("v"), !tag.contains("+") else { return nil }
        let parts = tag.dropFirst().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = numbers.allSatisfy { number in
            number.allSatisfy { $0.isASCII && $0.isNumber } && (number == "0" || !number.hasPrefix("0"))
        }
        guard numbers.count == 3, isPlain, let major = Int(numbers[0]), let minor = Int(numbers[1]),
            let patch = Int(numbers[2])
        else { return nil }
        let preview = parts.count > 1 ? String(parts[1]) : nil
        let isWord = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { $0.isASCIIWord } }
        guard preview.map({ $0.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isWord) }) ?? true
        else { return nil }
        self.major = major
        self.minor = minor
        self.patch = patch
        self.preview = preview ?? ""
    }

    /// The tag.
    public var description: String { "v\(major).\(minor).\(patch)" + (preview.isEmpty ? "" : "-\(preview)") }

    /// The order of https://semver.org, section 11: a release is after its previews, and numbers in these are compared as numbers.
    public static func < (first: SemanticVersion, second: SemanticVersion) -> Bool {
        let numbers = [(first.major, second.major), (first.minor, second.minor), (first.patch, second.patch)]
        if let different = numbers.first(where: { $0 != $1 }) { return different.0 < different.1 }
        guard !first.preview.isEmpty, !second.preview.isEmpty else {
            return !first.preview.isEmpty && second.preview.isEmpty
        }
        let parts = [first, second].map { $0.preview.split(separator: ".") }
        for (one, other) in zip(parts[0], parts[1]) where one != other {
            switch (Int(one), Int(other)) {
            case (let one?, let other?): return one < other
            case (_?, nil): return true
            case (nil, _?): return false
            case (nil, nil): return one.utf8.lexicographicallyPrecedes(other.utf8)
            }
        }
        return parts[0].count < parts[1].count
    }

    /// Whether the version can be one of a module, whose path names its major version from 2 on: `example.com/m/v2`.
    public func fits(module path: String) -> Bool { SemanticVersion.majors(of: path).contains(major) }

    /// The major versions of a module, by its path. The path of gopkg.in ends with `.v2`.
    public static func majors(of path: String) -> [Int] {
        guard let last = path.split(separator: "/").last else { return [0, 1] }
        let word = path.hasPrefix("gopkg.in/") ? last.split(separator: ".").last ?? last : last
        guard word.hasPrefix("v"), let major = Int(word.dropFirst()), major > 1 else { return [0, 1] }
        return [major]
    }
}

extension UInt8 {
    /// Whether a byte may be in a part of a preview version.
    fileprivate var isASCIIWord: Bool {
        (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self) || self == 45
    }
}

extension BuildInfo {
    /// The version of the main module: what the linker wrote, else that of the commit in the vcs settings; nil if the file has
    /// neither.
    ///
    /// It ends with `+dirty` if the sources had changes that are in no commit, as go writes it since go1.24.
    public var mainVersion: String? {
        if let version = main?.version, !version.isEmpty, version != "(devel)" { return version }
        guard let revision = settings["vcs.revision"], let time = settings["vcs.time"] else { return nil }
        let major = main.map { SemanticVersion.majors(of: $0.path)[0] } ?? 0
        return PseudoVersion(revision: revision, time: time, major: major).map { $0.description + dirtyMark }
    }

    /// `+dirty` if the sources had changes that are in no commit; else empty.
    public var dirtyMark: String { settings["vcs.modified"] == "true" ? "+dirty" : "" }
}
