import GoBinary
import Testing

@Suite struct GoVersionTests {
    @Test(arguments: [
        ("go1.26.4", "go1.26.4"), ("1.26.4", "go1.26.4"), ("go1.20", "go1.20"), ("1.27rc1", "go1.27rc1"),
        ("go1.19.8 X:boringcrypto", "go1.19.8"), ("go1.22.1-google", "go1.22.1"),
    ])
    func isReadAsToolchainsAreNamed(text: String, name: String) { #expect(GoVersion(text)?.description == name) }

    @Test(arguments: ["", "go", "1", "latest", "go1.x", "go1.2.x", "devel go1.28", "1.2.3.4"])
    func otherTextIsRefused(text: String) { #expect(GoVersion(text) == nil) }

    /// `go help toolchain`: go1.27rc1 < go1.27.0 < go1.27.3.
    @Test func olderComesFirst() throws {
        let names = ["go1.9.7", "go1.18", "go1.27beta1", "go1.27rc1", "go1.27.0", "go1.27.3", "go2.0"]
        let versions = try names.map { try #require(GoVersion($0)) }
        #expect(versions.shuffled().sorted() == versions)
    }

    @Test(arguments: [
        ("1.26.4", "go1.26.4", true), ("1.26.4", "go1.26.5", false), ("1.26", "go1.26.5", true),
        ("1.26", "go1.26rc1", false),
        ("1.27rc1", "go1.27rc1", true), ("1.26", "go1.27.0", false),
    ])
    func aVersionWithoutItsLastNumberTakesEveryRelease(asked: String, there: String, isMeant: Bool) {
        #expect(GoVersion(asked)?.covers(there) == isMeant)
    }
}
