import Testing

@testable import Verification

/// The words of demands: what is understood is written back the same, and an error says what to write.
struct DemandFormTests {
    @Test(arguments: [
        "CGO_ENABLED=0", "-trimpath=true", "-tags=a,b", "-ldflags=-X main.v=1", "vcs.modified=false", "vcs=git",
        "GOAMD64=v3",
        "DefaultGODEBUG=a=b", "go=1.27.1", "go>=1.26", "go>=1.28rc1", "fips140=only", "golang.org/x/net>=v0.38.0",
        "example.com=v1.2.3-rc.1", "-tags=",
    ])
    func facts(text: String) throws { #expect(try FactDemand(parsing: text).description == text) }

    @Test(arguments: [
        ("", "write NAME=VALUE"), ("go", "write NAME=VALUE"), ("=", "write NAME=VALUE"), (">=", "write NAME=VALUE"),
        (" =1", "write NAME=VALUE"), ("a\u{7}=1", "write NAME=VALUE"), ("go=", "write go=1.27.1 or go>=1.26"),
        ("go>=1.x", "write go=1.27.1"), ("go==1.27", "write go=1.27.1"), ("go>=1.26garbage", "write go=1.27.1"),
        ("go>=1.26 or so", "write go=1.27.1"), ("go>=99999999999999999999.1", "write go=1.27.1"),
        ("fips140=yes", "write fips140=on"), ("fips140>=on", "write fips140=on"),
        ("fips14=on", "did you mean 'fips140'?"),
        ("CGO_ENABLE>=1", "has no order: write CGO_ENABLE=VALUE"), ("cgo_enabled=0", "write a build setting"),
        ("trimpath=true", "did you mean '-trimpath'?"), ("golang.org/x/net>=0.38", "write golang.org/x/net>=v1.2.3"),
        ("golang.org/x/net>=v1.02", "write golang.org/x/net>=v1.2.3"), ("a b/c>=v1.0.0", "unknown fact"),
        ("../m>=v1.0.0", "unknown fact"), ("x.y/...>=v1.0.0", "unknown fact"), ("-=1", "unknown fact"),
    ])
    func garbledFacts(text: String, message: String) {
        do {
            let fact = try FactDemand(parsing: text)
            Issue.record("\(text) was read as \(fact)")
        } catch { #expect(error.description.contains(message), "\(error)") }
    }

    @Test(arguments: ["", "net*", "/net", "net/", "a b", "net/http?", "a\u{0}b", "[a-z]"])
    func garbledPatterns(text: String) {
        #expect(throws: DemandError.pattern(text)) { try ImportPattern(parsing: text) }
    }

    @Test func capabilities() throws {
        #expect(try Capability.list(parsing: "none").isEmpty)
        #expect(try Capability.list(parsing: "exec, network") == [.exec, .network])
        for text in ["", "net", "network,", "network,none", "Network"] {
            #expect(throws: DemandError.self) { try Capability.list(parsing: text) }
        }
    }
}
