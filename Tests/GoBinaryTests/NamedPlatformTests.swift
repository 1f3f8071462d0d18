import GoBinary
import Testing

/// The platform that a file's folder or an image names, as `COPY dist/${TARGETPLATFORM}/` picks files by it.
@Suite struct NamedPlatformTests {
    private func components(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

    @Test(
        arguments: [
            ("/src/dist/linux/amd64/app", "linux/amd64"), ("linux/arm/v7/app", "linux/arm/v7"),
            ("/x/linux/amd64/v3/app", "linux/amd64/v3"), ("/x/linux/mips/softfloat/app", "linux/mips/softfloat"),
            ("/x/linux/arm64/v8/app", "linux/arm64/v8"), ("/x/linux/arm/v8/app", "linux/arm/v8"),
            ("/x/windows/amd64/app.exe", "windows/amd64"), ("/x/linux/sparc64/app", "linux/sparc64"),
            // The last components count.
            ("/linux/arm64/src/dist/linux/amd64/app", "linux/amd64"),
            ("/linux/arm64/v8/linux/amd64/app", "linux/amd64"),
            // A file may have the name of a platform or variant.
            ("/x/linux/amd64/v3", "linux/amd64"), ("/x/linux/arm/arm64", "linux/arm"),
            ("/linux/amd64/linux/amd64", nil), ("/x/linux/amd64", nil),
            ("/x/linux/amd64/bin/app", nil), ("/x/amd64/app", nil), ("/x/linux/app", nil), ("app", nil), ("/", nil),
            ("/x/linux/x86_64/app", nil), ("/x/linux-amd64/app", nil), ("/x/linux/amd64/softfloat/app", nil),
            ("/x/linux/amd64/vendor/app", nil), ("/x/linux/amd64/v/app", nil),
        ] as [(String, String?)])
    func theLastFoldersNameThePlatform(path: String, platform: String?) {
        #expect(NamedPlatform(ofFile: components(path))?.description == platform)
    }

    @Test(arguments: [
        ("linux/amd64", "linux/amd64", true), ("linux/amd64", "linux/arm64", false),
        ("linux/amd64", "windows/amd64", false), ("linux/amd64/v1", "linux/amd64", true),
        ("linux/amd64", "linux/amd64/v1", true), ("linux/amd64", "linux/amd64/v3", false),
        ("linux/amd64/v3", "linux/amd64", false), ("linux/arm64/v8", "linux/arm64", true),
        ("linux/arm64", "linux/arm64/v8.0", true), ("linux/arm64", "linux/arm64/v9.0", false),
        ("linux/arm/v7", "linux/arm", true), ("linux/arm", "linux/arm/v7", true), ("linux/arm", "linux/arm/v6", false),
        ("linux/arm/v6", "linux/arm", false), ("linux/arm/v6", "linux/arm/v6", true),
        ("linux/386/sse2", "linux/386", true), ("linux/386", "linux/386/softfloat", false),
        ("linux/mips/hardfloat", "linux/mips", true), ("linux/ppc64le/power8", "linux/ppc64le", true),
        ("linux/riscv64", "linux/riscv64/rva22u64", false), ("linux/s390x", "linux/s390x", true),
        // Container tools know variants that Go does not.
        ("linux/arm/v8", "linux/arm", true), ("linux/arm/v8", "linux/arm64", false),
    ])
    func aFolderFitsProgramsOfItsPlatform(folder: String, platform: String, fits: Bool) throws {
        let named = try #require(NamedPlatform(ofFile: components("dist/\(folder)/app")))
        #expect(try named.fits(Platform(parsing: platform)) == fits)
    }

    /// Images have variants of arm, arm64 and amd64 only (image-index.md, containerd's platforms/database.go).
    @Test(
        arguments: [
            ("386", nil, "linux/386/softfloat", true), ("mips", nil, "linux/mips/softfloat", true),
            ("riscv64", nil, "linux/riscv64/rva22u64", true), ("386", nil, "linux/amd64", false),
            ("amd64", nil, "linux/amd64/v3", false), ("amd64", "v3", "linux/amd64/v3", true),
            ("arm64", "v8", "linux/arm64", true), ("arm", "v7", "linux/arm", true), ("arm", "v6", "linux/arm", false),
        ] as [(String, String?, String, Bool)])
    func anImageFitsProgramsOfItsPlatform(architecture: String, variant: String?, platform: String, fits: Bool) throws {
        let named = NamedPlatform(inImage: "linux", architecture, variant)
        #expect(try named.fits(Platform(parsing: platform)) == fits)
    }

    /// Go's default for arm was v5 or v6 before it was v7, so the build says what was built.
    @Test func aBuildForArmNamesItsVariant() throws {
        let arm = try Platform(parsing: "linux/arm")
        #expect(arm.built(with: ["GOARM": "6"]).description == "linux/arm/v6")
        #expect(arm.built(with: ["GOARM": "7,softfloat"]).description == "linux/arm/v7")
        #expect(arm.built(with: [:]) == arm)
        #expect(arm.built(with: ["GOARM": ""]) == arm)
        #expect(try Platform(parsing: "linux/arm/v7").built(with: ["GOARM": "5"]).description == "linux/arm/v7")
        #expect(try Platform(parsing: "linux/amd64").built(with: ["GOAMD64": "v3"]).description == "linux/amd64")
    }
}
