import Foundation
import GoBinary
import TestSupport
import Testing
import Verification

@Suite struct ReproductionTests {
    private let bytes: [UInt8]
    private let folders = (first: "/nowhere/first", second: "/nowhere/second")

    init() throws { bytes = try Checkout.bytes(ofSample: "go-linux-amd64") }

    @Test func theSameBytesAreTheSame() {
        let reproduction = Reproduction(comparing: bytes, with: bytes, builtIn: folders)
        #expect(reproduction.isIdentical && reproduction.differences.isEmpty)
    }

    /// `readelf -SW` and `nm -S` say where main.main lies; a byte of it is changed.
    @Test func theFirstDifferenceIsNamed() throws {
        let sample = Checkout.sample("go-linux-amd64")
        let symbols = try Execution("nm", [sample]).output.split(separator: "\n")
        let symbol = try #require(symbols.first { $0.hasSuffix(" T main.main") })
        let address = try #require(UInt64(symbol.prefix(16), radix: 16))
        let sections = try Execution("readelf", ["-SW", sample]).output.split(separator: "\n")
        let text = try #require(sections.first { $0.contains(" .text ") })
        let fields = text.split(separator: "]")[1].split(separator: " ")
        let start = try #require(UInt64(fields[2], radix: 16))
        let offset = try #require(UInt64(fields[3], radix: 16))
        var changed = bytes
        changed[Int(offset + address - start) + 1] ^= 0xff
        let reproduction = Reproduction(comparing: bytes, with: changed, builtIn: folders)
        #expect(!reproduction.isIdentical)
        let place = "byte 0x" + String(offset + address - start + 1, radix: 16)
        #expect(reproduction.differences == ["first at \(place), section .text, symbol main.main"])
    }

    @Test func settingsAndPathsAreNamed() throws {
        let plain = try Checkout.bytes(ofSample: "go-linux-arm-v7")
        let variant = try Checkout.bytes(ofSample: "go-linux-arm-v5")
        let differences = Reproduction(comparing: plain, with: variant, builtIn: folders).differences
        #expect(differences.contains { $0.hasPrefix("build setting GOARM: 7") && $0.contains("5 the second time") })
        var marked = bytes
        marked += Array("/home/me/src/main.go".utf8)
        let second = bytes + Array("/tmp/copy/main.go".utf8)
        let reproduction = Reproduction(
            comparing: marked, with: second, builtIn: ("/home/me/src", "/tmp/copy"))
        #expect(reproduction.differences.contains("the build path: the file holds /home/me/src"))
    }

    @Test func filesThatAreNoELFAreComparedToo() {
        let reproduction = Reproduction(comparing: [1, 2, 3], with: [1, 5, 3], builtIn: folders)
        #expect(reproduction.differences == ["byte 1 of the file"])
    }

    @Test func aDifferenceRefusesTheFile() {
        var changed = bytes
        changed[bytes.count - 1] ^= 1
        let subject = Subject(bytes, expected: nil, permissions: 0o755)
        let same = Reproduction(comparing: bytes, with: bytes, builtIn: folders)
        let other = Reproduction(comparing: bytes, with: changed, builtIn: folders)
        #expect(Policy.standard.judge(subject.with(same)).verdict == .ready)
        let judgement = Policy.standard.judge(subject.with(other))
        #expect(judgement.findings.filter { $0.level == .error }.map(\.rule) == ["not-reproducible"])
    }

    @Test func anotherGoThanAskedForRefusesTheFile() throws {
        let subject = Subject(bytes, expected: nil, permissions: 0o755)
        let version = try #require(subject.buildInfo?.goVersion)
        #expect(Policy.standard.judge(subject.with(expectedGo: GoVersion(version))).verdict == .ready)
        let judgement = Policy.standard.judge(subject.with(expectedGo: GoVersion("1.2.3")))
        #expect(judgement.findings.filter { $0.level == .error }.map(\.rule) == ["wrong-go-version"])
    }
}
