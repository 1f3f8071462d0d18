import Testing

@testable import GoToolchain

@Suite struct GitSourceTests {
    @Test(
        arguments: [
            ("git@github.com:team/app.git", "https://github.com/team/app"),
            ("https://example.com/team/app", "https://example.com/team/app"),
            ("https://user:secret@example.com:8443/app.git", "https://example.com:8443/app"),
            ("ssh://git@example.com:2222/team/app.git", "https://example.com/team/app"),
            ("/srv/app.git", nil), ("../app", nil), ("file:///srv/app", nil), ("", nil), ("C:", nil),
        ] as [(String, String?)])
    func remotesBecomeAddressesForABrowser(_ remote: String, _ address: String?) {
        #expect(GitFacts.webAddress(of: remote) == address)
    }
}
