import GoBinary
import Testing

@Suite struct PlatformTests {
    /// The variables are those of `go help environment`.
    @Test(arguments: [
        ("linux/amd64", ["GOOS": "linux", "GOARCH": "amd64"]),
        ("linux/amd64/v3", ["GOOS": "linux", "GOARCH": "amd64", "GOAMD64": "v3"]),
        ("linux/arm/v7", ["GOOS": "linux", "GOARCH": "arm", "GOARM": "7"]),
        ("linux/arm64/v8", ["GOOS": "linux", "GOARCH": "arm64", "GOARM64": "v8.0"]),
        ("linux/386/softfloat", ["GOOS": "linux", "GOARCH": "386", "GO386": "softfloat"]),
        ("linux/mipsle/softfloat", ["GOOS": "linux", "GOARCH": "mipsle", "GOMIPS": "softfloat"]),
        ("linux/mips64/hardfloat", ["GOOS": "linux", "GOARCH": "mips64", "GOMIPS64": "hardfloat"]),
        ("linux/ppc64le/power9", ["GOOS": "linux", "GOARCH": "ppc64le", "GOPPC64": "power9"]),
        ("linux/riscv64/rva22u64", ["GOOS": "linux", "GOARCH": "riscv64", "GORISCV64": "rva22u64"]),
    ])
    func becomesGoVariables(text: String, environment: [String: String]) throws {
        #expect(try Platform(parsing: text).environment == environment)
    }

    @Test(arguments: [
        "", "linux", "linux/", "/amd64", "linux/arm/v9", "linux/s390x/v1", "linux/arm/v7/x", "linux/amd64/",
    ])
    func refusesOtherText(text: String) {
        #expect(throws: PlatformError.self) { try Platform(parsing: text) }
    }

    @Test(arguments: ["linux/amd64", "linux/arm/v6", "linux/arm64/v8.0", "windows/amd64"])
    func printsWhatItRead(text: String) throws {
        #expect(try Platform(parsing: text).description == text)
    }
}
