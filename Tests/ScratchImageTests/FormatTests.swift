import GoBinary
import SystemPackage
import Testing

@testable import ScratchImage

/// Platforms as https://github.com/opencontainers/image-spec/blob/main/image-index.md#platform-variants and containerd's
/// platforms/database.go write them.
@Suite struct ImagePlatformTests {
    @Test(
        arguments: [
            ("linux/amd64", nil), ("linux/amd64/v1", nil), ("linux/amd64/v3", "v3"), ("linux/arm64", nil),
            ("linux/arm64/v8", nil), ("linux/arm64/v8.0", nil), ("linux/arm64/v8.2", "v8.2"),
            ("linux/arm64/v9", "v9.0"), ("linux/arm", nil),
            ("linux/arm/v5", "v5"), ("linux/arm/v6", "v6"), ("linux/arm/v7", "v7"), ("linux/386/softfloat", nil),
            ("linux/mips64le/hardfloat", nil), ("linux/ppc64le/power9", nil),
            ("linux/riscv64/rva22u64", nil),
        ] as [(String, String?)])
    func variantsAreThoseThatRuntimesKnow(_ text: String, _ variant: String?) throws {
        let platform = ImagePlatform(try Platform(parsing: text))
        #expect(platform.variant == variant)
        #expect(platform.architecture == text.split(separator: "/")[1])
        #expect(platform.os == "linux")
    }

    @Test(
        arguments: [
            ("linux", "amd64", nil, "linux/amd64"), ("linux", "amd64", "v1", "linux/amd64"),
            ("linux", "amd64", "v3", "linux/amd64/v3"), ("linux", "arm64", "v8", "linux/arm64"),
            ("linux", "arm64", nil, "linux/arm64"), ("linux", "arm", "v7", "linux/arm/v7"),
            ("linux", "arm", nil, "linux/arm"), ("windows", "amd64", nil, "windows/amd64"),
            ("linux", "arm", "v99", nil), ("linux", "s390x", "z14", nil), ("", "amd64", nil, nil),
        ] as [(String, String, String?, String?)])
    func aPlatformOfAnImageIsOneOfGo(_ os: String, _ architecture: String, _ variant: String?, _ text: String?) {
        let platform = ImagePlatform(os: os, architecture: architecture, variant: variant).platform
        #expect(platform?.description == text)
    }

    @Test(
        arguments: [
            ("amd64", "v1", nil), ("arm64", "v8", nil), ("arm", "v7", nil), ("amd64", "v2", "v2"), ("arm", "v6", "v6"),
            ("s390x", "z14", "z14"), ("riscv64", nil, nil),
        ] as [(String, String?, String?)])
    func aVariantThatIsTheDefaultMakesNoDifference(_ architecture: String, _ variant: String?, _ left: String?) {
        let platform = ImagePlatform(os: "linux", architecture: architecture, variant: variant)
        #expect(platform.normalized.variant == left)
    }
}

/// The grammar of https://pkg.go.dev/github.com/distribution/reference, without digests.
@Suite struct ImageReferenceTests {
    @Test(arguments: [
        ("app", "app", "latest"), ("app:1.0", "app", "1.0"), ("localhost:5000/app", "localhost:5000/app", "latest"),
        ("registry.example.com/team/app:v1", "registry.example.com/team/app", "v1"),
        ("a__b/c-d.e:T_1", "a__b/c-d.e", "T_1"), ("a--b---c", "a--b---c", "latest"),
        ("LOCALHOST/app", "LOCALHOST/app", "latest"),
        ("host:80/a/b/c:x", "host:80/a/b/c", "x"), ("1/2:3", "1/2", "3"), ("app:_x", "app", "_x"),
        ("app:" + String(repeating: "t", count: 128), "app", String(repeating: "t", count: 128)),
        (String(repeating: "n", count: 255), String(repeating: "n", count: 255), "latest"),
    ])
    func aReferenceIsNameAndTag(_ text: String, _ name: String, _ tag: String) {
        let reference = ImageReference(text)
        #expect(reference?.name == name)
        #expect(reference?.tag == tag)
        #expect(reference?.description == "\(name):\(tag)")
    }

    @Test(arguments: [
        "", ":", "App", "a:", "a/", "/a", "a b", "a:b c", "-a", "a-", "a:-b", "a:.b", "ä", "a:ä", "a@sha256:00",
        "a:b/c:", "a..b", "a___b", "a._b/c", "a.-b", "a-.b/c:1", "host:/a", "host:p/a", "a_b/C",
        "a//b", ".a", "a.", "_a", "a/B", "host/A:1", "a\n", "a:b\n", "http://a/b",
        "app:" + String(repeating: "t", count: 129), String(repeating: "n", count: 256),
    ])
    func otherTextIsNot(_ text: String) { #expect(ImageReference(text) == nil) }
}

/// Sources are named as containers-transports(5) says.
@Suite struct ImageSourceNameTests {
    @Test(
        arguments: [
            ("oci:folder", .layout, "folder", nil), ("oci:folder:1.0", .layout, "folder", "1.0"),
            ("oci-archive:a.tar", .archive, "a.tar", nil), ("docker-archive:a.tar:app:1", .docker, "a.tar", "app:1"),
            ("oci:with:colon:x", .layout, "with", "colon:x"), ("oci:none", .layout, "none", nil),
        ] as [(String, ImageSource.Form, String, String?)])
    func aSourceIsFormPathAndTag(_ text: String, _ form: ImageSource.Form, _ path: String, _ tag: String?) {
        let source = ImageSource(text)
        #expect(source == ImageSource(form, path: .init(path), tag: tag))
    }

    @Test(arguments: ["", "oci", "oci:", "docker://app", "folder", "OCI:folder", ":folder"])
    func otherTextIsNot(_ text: String) { #expect(ImageSource(text) == nil) }
}
