import Testing

@testable import GoBinary

/// Expectations from https://semver.org, section 11, and golang.org/x/mod/semver.
struct SemanticVersionTests {
    @Test("Versions are ordered as semver.org, section 11, says")
    func order() throws {
        let ascending = [
            "0.0.0-20230101120000-0123456789ab", "0.0.0", "v0.9.9", "1.0.0-0", "1.0.0-alpha", "1.0.0-alpha.1",
            "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.10",
            "1.2.0", "1.10.0", "2.0.0+incompatible", "18446744073709551616.0.0",
        ].compactMap { SemanticVersion($0) }
        try #require(ascending.count == 17)
        for (older, newer) in zip(ascending, ascending.dropFirst()) {
            #expect(older < newer)
            #expect(!(newer < older))
        }
    }

    @Test(
        "Build metadata does not count, and missing numbers are zero",
        arguments: [
            ("1.2.3+incompatible", "v1.2.3"), ("1", "1.0.0"), ("v1.2", "1.2.0"), ("1.0.0-rc.1+meta.2", "1.0.0-rc.1"),
        ])
    func equality(_ one: String, _ other: String) throws {
        let left = try #require(SemanticVersion(one))
        let right = try #require(SemanticVersion(other))
        #expect(!(left < right) && !(right < left))
    }

    @Test(
        "What is not a version is not read",
        arguments: [
            "", "v", "(devel)", "1.2.3.4", "01.2.3", "1.02.3", "1.2.3-", "1.2.3-a..b", "1.2.3-01", "1.2.3+", "1.2-rc.1",
            "1.2+meta", "1.-2.3", "a.b.c", "1.2.3-ü", "vv1.2.3", "1.2.3 ",
        ])
    func refused(_ text: String) { #expect(SemanticVersion(text) == nil) }
}
