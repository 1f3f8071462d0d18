import Foundation
import Testing

@testable import ScratchImage

/// What a registry says refers to an image.
@Suite struct ReferrersTests {
    /// docker.io is what https://pkg.go.dev/github.com/distribution/reference writes for names without a host; its API is elsewhere.
    @Test(arguments: [
        ("registry.example.com/team/app", "registry.example.com", "team/app"),
        ("127.0.0.1:5000/a", "127.0.0.1:5000", "a"),
        ("localhost/a/b", "localhost", "a/b"), ("debian", "registry-1.docker.io", "library/debian"),
        ("docker.io/debian", "registry-1.docker.io", "library/debian"),
        ("team/app", "registry-1.docker.io", "team/app"),
        ("docker.io/team/app", "registry-1.docker.io", "team/app"),
    ])
    func aNameIsDividedAsClientsDivideIt(_ name: String, _ host: String, _ repository: String) {
        #expect(RegistryName(name) == RegistryName("\(host)/\(repository)"))
        #expect(RegistryName(name).host == host)
        #expect(RegistryName(name).repository == repository)
    }

    private func entry(_ digit: String, _ type: String?, kind: String = "manifest") -> String {
        let artifact = type.map { #","artifactType":"\#($0)""# } ?? ""
        let digest = "sha256:" + String(repeating: digit, count: 64)
        return #"{"mediaType":"application/vnd.oci.image.\#(kind).v1+json","digest":"\#(digest)","size":1\#(artifact)}"#
    }

    @Test func onlyWhatMayBeASummaryIsFetched() {
        let entries = [
            entry("1", "application/vnd.dev.sigstore.bundle.v0.3+json"), entry("2", "application/spdx+json"),
            entry("3", nil),
            entry("4", "application/vnd.in-toto+dsse"),
            entry("5", "application/vnd.dev.sigstore.bundle.v0.3+json", kind: "index"),
        ]
        let text =
            #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\#(entries.joined(separator: ","))]}"#
        #expect(Referrers.stamps(in: Array(text.utf8)).map { String($0.suffix(1)) } == ["1", "4"])
        for other in ["", "[]", "<html>", "404 page not found"] {
            #expect(Referrers.stamps(in: Array(other.utf8)).isEmpty)
        }
    }
}
