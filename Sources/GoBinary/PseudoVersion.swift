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
        if tag.isPreview {
            text = "\(tag).0.\(commit)"
        } else if let next = tag.nextPatch {
            text = "\(next)-0.\(commit)"
        } else {
            return nil
        }
    }

    /// The version.
    public var description: String { text }
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
