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

    /// The names of uname -m, of Debian, and those that containerd translates (platforms/database.go).
    @Test(arguments: [
        ("linux/x86_64", "linux/amd64"), ("linux/x86-64", "linux/amd64"), ("linux/x64", "linux/amd64"),
        ("linux/i386", "linux/386"), ("linux/i686", "linux/386"), ("linux/aarch64", "linux/arm64"),
        ("linux/arm64/v8", "linux/arm64"), ("linux/armv7", "linux/arm/v7"), ("linux/armv7l", "linux/arm/v7"),
        ("linux/armhf", "linux/arm/v7"), ("linux/arm/7", "linux/arm/v7"), ("linux/armv6", "linux/arm/v6"),
        ("linux/ppc64el", "linux/ppc64le"), ("linux/mipsel", "linux/mipsle"), ("linux/loongarch64", "linux/loong64"),
        (" Linux/AMD64\n", "linux/amd64"), ("linux/x86_64/v3", "linux/amd64/v3"),
        ("linux/arm64/v9.0", "linux/arm64/v9.0"),
        ("windows/x86_64", "windows/amd64"), ("macos/arm64", "darwin/arm64"), ("Win/x64", "windows/amd64"),
    ])
    func isReadAsPeopleWriteIt(text: String, canonical: String) throws {
        #expect(try Platform(written: text).description == canonical)
    }

    /// A stamp is written by a program, and has one form.
    @Test func ofAProgramIsReadAsItIs() throws {
        #expect(try Platform(parsing: "linux/x86_64").goarch == "x86_64")
    }

    @Test(arguments: [("amd64", "linux/amd64"), ("linux-arm64", "linux/arm64"), ("aarch64", "linux/arm64")])
    func aTextWithoutASlashIsRefusedWithWhatItMeans(text: String, meant: String) {
        #expect("\(PlatformError.notAPlatform(text))" == "'\(text)' is not a platform: write \(meant)")
    }

    @Test(arguments: ["linux/armv7/v7", "linux/armv7/v6", "", "all"])
    func aWrittenTextThatIsNoPlatformIsRefused(text: String) {
        #expect(throws: PlatformError.self) { try Platform(written: text) }
    }

    @Test func anUnknownPlatformNamesTheNearest() throws {
        try Platform(parsing: "linux/s390x").checkKnown()
        try Platform(parsing: "plan9/386").checkKnown()
        #expect(throws: PlatformError.unknown("linux/amd46", nearest: "linux/amd64")) {
            try Platform(parsing: "linux/amd46").checkKnown()
        }
        #expect(throws: PlatformError.self) { try Platform(parsing: "linux/sparc64").checkKnown() }
        #expect(throws: PlatformError.self) { try Platform(parsing: "linus/amd64").checkKnown() }
    }

    @Test(arguments: ["linux/amd64", "linux/arm/v6", "linux/arm64/v8.0", "windows/amd64"])
    func printsWhatItRead(text: String) throws {
        #expect(try Platform(parsing: text).description == text)
    }
}
