import GoBinary
import Testing

@testable import ScratchImage

@Suite struct FormatTests {
    /// https://github.com/opencontainers/image-spec/blob/main/image-index.md#platform-variants, and what containerd makes of it.
    @Test(
        arguments: [
            ("linux/amd64", nil), ("linux/amd64/v1", nil), ("linux/amd64/v3", "v3"), ("linux/arm64", nil),
            ("linux/arm64/v8", nil),
            ("linux/arm/v5", "v5"), ("linux/arm/v7", "v7"), ("linux/386/softfloat", nil),
            ("linux/mips64le/hardfloat", nil),
            ("linux/riscv64/rva22u64", nil),
        ] as [(String, String?)])
    func variantsAreThoseThatRuntimesKnow(_ text: String, _ variant: String?) throws {
        let platform = ImagePlatform(try Platform(parsing: text))
        #expect(platform.variant == variant)
        #expect(platform.architecture == text.split(separator: "/")[1])
    }

    /// The grammar of https://github.com/distribution/reference.
    @Test(arguments: [
        ("app", "app", "latest"), ("app:1.0", "app", "1.0"), ("localhost:5000/app", "localhost:5000/app", "latest"),
        ("registry.example.com/team/app:v1", "registry.example.com/team/app", "v1"),
        ("a__b/c-d.e:T_1", "a__b/c-d.e", "T_1"),
    ])
    func namesAreTakenApart(_ text: String, _ name: String, _ tag: String) {
        let reference = ImageReference(text)
        #expect(reference?.name == name)
        #expect(reference?.tag == tag)
    }

    @Test(arguments: ["", ":", "App", "a:", "a/", "/a", "a b", "a:b c", "-a", "a:-b", "ä", "a@sha256:00", "a:b/c:"])
    func whatIsNoNameIsNotTaken(_ text: String) { #expect(ImageReference(text) == nil) }
}
