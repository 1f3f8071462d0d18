import Dockerfiles
import GoBinary
import Testing
import Verification

/// One policy rules over programs, images and Dockerfiles.
@Suite struct DockerfilePolicyTests {
    private static let rootUser = "dockerfile-root-user"

    private func findings(_ policy: Policy) throws -> [Finding] {
        let file = try Dockerfile("FROM scratch\nCOPY app /app\nUSER root\nENTRYPOINT [\"/app\"]\n")
        return try DockerfileLint(file, policy: policy).findings
    }

    @Test func aFindingHasALineAndAColumn() throws {
        let finding = try #require(try findings(.standard).first)
        #expect(finding.rule == Self.rootUser && finding.level == .warning)
        #expect(finding.place?.line == 3 && finding.place?.column == 6)
    }

    @Test(arguments: [Level.note, nil]) func aLevelCanBeChanged(level: Level?) throws {
        let policy = try Policy(changes: [.init(rule: Self.rootUser, level: level)])
        #expect(try findings(policy).map(\.level) == (level.map { [$0] } ?? []))
    }

    @Test func anExceptionForEverythingCoversADockerfile() throws {
        let policy = try Policy(changes: [], exceptions: [Exception(rule: Self.rootUser, reason: "a debug image")])
        #expect(try findings(policy).map(\.exception) == ["a debug image"])
    }

    @Test func anExceptionForSomeProgramsDoesNot() throws {
        let platform = try Platform(parsing: "linux/amd64")
        for exception in [
            Exception(rule: Self.rootUser, reason: "x", packages: ["example.com/app"]),
            Exception(rule: Self.rootUser, reason: "x", platforms: [platform]),
        ] {
            let policy = try Policy(changes: [], exceptions: [exception])
            #expect(try findings(policy).map(\.exception) == [nil])
        }
    }

    /// A stamp is about a program: a policy for Dockerfiles must not change its digest.
    @Test func theCanonicalTextLeavesDockerfilesOut() throws {
        let policy = try Policy(changes: [.init(rule: Self.rootUser, level: nil)])
        #expect(policy.canonicalText == Policy.standard.canonicalText)
        #expect(!policy.canonicalText.contains("dockerfile-"))
    }
}
