import ELF
import GoBinary
import TestSupport
import Testing

@Suite struct BuildInfoTests {
    private func info(in bytes: [UInt8]) throws -> BuildInfo? {
        GoTables(in: bytes, of: try ELFImage(bytes)).buildInfo
    }

    /// `go version -m` is the independent reader.
    @Test(arguments: [
        "go-linux-amd64", "go-linux-mips", "go-linux-s390x", "go-linux-arm-v7", "go-pie", "go-cgo-static",
    ])
    func saysWhatGoSays(sample: String) throws {
        let info = try #require(try info(in: Checkout.bytes(ofSample: sample)))
        let listing = try Execution("go", ["version", "-m", Checkout.sample(sample)]).output
        #expect(listing.contains(": \(info.goVersion)\n"))
        #expect(listing.contains("\tpath\t\(info.path)\n"))
        let settings = listing.split(separator: "\n").filter { $0.hasPrefix("\tbuild\t") }
        #expect(settings.count == info.settings.count)
        for name in ["GOOS", "GOARCH", "CGO_ENABLED"] {
            let value = try #require(info.settings[name])
            #expect(listing.contains("\tbuild\t\(name)=\(value)\n"))
        }
    }

    @Test(arguments: ["c-static", "c-dynamic"]) func isAbsentFromC(sample: String) throws {
        #expect(try info(in: Checkout.bytes(ofSample: sample)) == nil)
    }

    @Test func isAbsentWhenItsFrameIsBroken() throws {
        var bytes = try Checkout.bytes(ofSample: "go-linux-amd64")
        let magic = [0xff] + Array(" Go buildinf:".utf8)
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: magic) && $0 % 16 == 0 })
        bytes[start + 32] = 0xff
        bytes[start + 33] = 0xff
        bytes[start + 34] = 0xff
        bytes[start + 35] = 0x7f
        #expect(try info(in: bytes) == nil)
    }
}
