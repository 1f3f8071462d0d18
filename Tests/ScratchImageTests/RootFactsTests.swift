import Foundation
import TestSupport
import Testing
import Verification

@testable import ScratchImage

/// What a root offers to Go programs, with the variables that lead them elsewhere: crypto/x509/root_unix.go (loadSystemRoots),
/// time.LoadLocation, os.TempDir.
@Suite struct RootFactsTests {
    private static func certificates() throws -> String {
        try String(contentsOfFile: "/etc/ssl/certs/ca-certificates.crt", encoding: .utf8)
    }

    private func provided(_ members: [Layers.Member], _ variables: [String: String]) throws -> Set<RuntimeNeed> {
        let facts = RootFacts(root: try Layers.root([members]), identity: .init(user: 65532, group: 65532))
        return facts.provided { variables[$0] }
    }

    @Test(
        arguments: [
            ("etc/ssl/cert.pem", [:], true), ("etc/ssl/certs/own.pem", [:], true), ("etc/pki/tls/certs/own", [:], true),
            ("etc/own.pem", [:], false), ("etc/own.pem", ["SSL_CERT_FILE": "/etc/own.pem"], true),
            ("etc/ssl/cert.pem", ["SSL_CERT_FILE": "/none"], false),
            // The folders are read whether or not a file is found.
            ("etc/ssl/certs/ca-certificates.crt", ["SSL_CERT_FILE": "/none"], true),
            ("etc/ssl/certs/ca-certificates.crt", ["SSL_CERT_FILE": "/none", "SSL_CERT_DIR": "/etc"], false),
            ("etc/ssl/certs/ca-certificates.crt", ["SSL_CERT_DIR": "/none"], true),
            ("srv/own/a.pem", ["SSL_CERT_DIR": "/none:/srv/own"], true),
        ] as [(String, [String: String], Bool)])
    func certificatesAreFoundWhereGoLooks(file: String, variables: [String: String], isProvided: Bool) throws {
        let members: [Layers.Member] = [.file(file, try RootFactsTests.certificates())]
        #expect(try provided(members, variables).contains(.certificates) == isProvided)
    }

    /// Go reads no second file after one that it could read.
    @Test func theFirstFileCounts() throws {
        let members: [Layers.Member] = [
            .file("etc/ssl/certs/ca-certificates.crt", "no certificate"),
            .file("etc/ssl/cert.pem", try RootFactsTests.certificates()),
        ]
        #expect(try !provided(members, [:]).contains(.certificates))
    }

    @Test(
        arguments: [
            (.timeZones, [:], true), (.timeZones, ["ZONEINFO": "/none"], true), (.temporaryFiles, [:], true),
            (.temporaryFiles, ["TMPDIR": "/none"], false), (.temporaryFiles, ["TMPDIR": "/data"], true),
        ] as [(RuntimeNeed, [String: String], Bool)])
    func zonesHaveOtherPlacesAndTemporaryFilesNone(need: RuntimeNeed, variables: [String: String], isProvided: Bool)
        throws
    {
        let members: [Layers.Member] = [
            .file("usr/share/zoneinfo/UTC", "TZif"), .folder("tmp", mode: 0o1777), .folder("data", mode: 0o777),
        ]
        #expect(try provided(members, variables).contains(need) == isProvided)
    }
}
