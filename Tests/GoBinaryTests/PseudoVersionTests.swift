import Testing

@testable import GoBinary

/// Versions of commits, by https://go.dev/ref/mod#pseudo-versions.
@Suite struct PseudoVersionTests {
    private static let commit = (revision: "abcdefabcdef0123456789", time: "2006-01-02T15:04:05Z")

    /// The three forms on that page.
    @Test(arguments: [
        (nil, 0, "v0.0.0-20060102150405-abcdefabcdef"), (nil, 2, "v2.0.0-20060102150405-abcdefabcdef"),
        ("v1.2.3-pre", 1, "v1.2.3-pre.0.20060102150405-abcdefabcdef"),
        ("v1.2.3", 1, "v1.2.4-0.20060102150405-abcdefabcdef"),
    ]) func itFollowsTheTag(tag: String?, major: Int, version: String) {
        let pseudo = PseudoVersion(
            revision: Self.commit.revision, time: Self.commit.time, after: tag.flatMap { SemanticVersion(tag: $0) },
            major: major)
        #expect(pseudo?.description == version)
    }

    @Test(arguments: [
        ("", "2006-01-02T15:04:05Z"), ("abcdef", "2006-01-02T15:04:05Z"), ("abcdefabcdefx", "2006-01-02"),
        ("ghijklmnopqr", "2006-01-02T15:04:05Z"), ("abcdefabcdef", "2006-01-02T15:04:05+02:00"), ("abcdefabcdef", ""),
    ]) func otherSettingsGiveNone(revision: String, time: String) {
        #expect(PseudoVersion(revision: revision, time: time) == nil)
    }

    /// The order of https://semver.org/#spec-item-11, where this list is written.
    @Test func versionsAreInOrder() {
        let sorted = [
            "v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0-alpha.beta", "v1.0.0-beta", "v1.0.0-beta.2", "v1.0.0-beta.11",
            "v1.0.0-rc.1",
            "v1.0.0", "v2.0.0", "v2.1.0", "v2.1.1",
        ]
        let versions = sorted.compactMap { SemanticVersion(tag: $0) }
        #expect(versions.count == sorted.count)
        #expect(versions.reversed().sorted().map(\.description) == sorted)
    }

    @Test(arguments: [
        "1.2.3", "v1.2", "v1", "v01.2.3", "v1.2.3-", "v1.2.3-a..b", "v1.2.3+meta", "v1.2.x", "v1.2.3-ä", "v", "",
    ])
    func otherTagsAreNoVersions(tag: String) { #expect(SemanticVersion(tag: tag) == nil) }

    /// https://go.dev/ref/mod#major-version-suffixes.
    @Test(arguments: [
        ("example.com/m", "v1.0.0", true), ("example.com/m", "v0.9.0", true), ("example.com/m", "v2.0.0", false),
        ("example.com/m/v2", "v2.0.0", true), ("example.com/m/v2", "v1.0.0", false),
        ("gopkg.in/yaml.v3", "v3.0.1", true),
        ("example.com/vx", "v1.0.0", true),
    ]) func theMajorVersionFitsThePath(path: String, tag: String, fits: Bool) {
        #expect(SemanticVersion(tag: tag)?.fits(module: path) == fits)
    }
}
