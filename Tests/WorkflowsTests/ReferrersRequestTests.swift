import Testing

@testable import Workflows

/// The header of RFC 6750, section 3, as registries write it.
@Suite struct ReferrersRequestTests {
    @Test(
        arguments: [
            (
                #"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/debian:pull""#,
                "https://auth.docker.io/token", "registry.docker.io"
            ),
            (#"bearer service="s",realm="https://example.com/t""#, "https://example.com/t", "s"),
            (#"Bearer realm="https://example.com/t""#, "https://example.com/t", nil),
        ] as [(String, String, String?)])
    func aChallengeSaysWhereATokenIs(_ header: String, _ realm: String, _ service: String?) {
        let challenge = BearerChallenge(header)
        #expect(challenge?.realm == realm)
        #expect(challenge?.service == service)
    }

    @Test(arguments: [
        "", "Basic realm=\"x\"", "Bearer", "Bearer realm=x", "Bearer realm=\"a b\"", "Bearer realm=\"https://a/?x=y\"",
    ])
    func anythingElseIsNone(_ header: String) { #expect(BearerChallenge(header) == nil) }
}
