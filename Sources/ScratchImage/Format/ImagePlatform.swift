public import GoBinary

/// A platform as manifests and configurations write it.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/image-index.md#platform-variants
public struct ImagePlatform: Sendable, Hashable, Codable {
    /// As GOOS.
    public let os: String
    /// As GOARCH.
    public let architecture: String
    /// The CPU's variant.
    public let variant: String?

    /// Writes a platform as runtimes expect it.
    ///
    /// arm64's v8 is left out, as containerd normalises it away, and so is amd64's v1, which every machine is; other
    /// architectures have no variants there. An arm program that does not say is of Go's default: v7 since Go 1.21, which a
    /// missing variant is read as.
    public init(_ platform: Platform) {
        os = platform.goos
        architecture = platform.goarch
        switch (platform.goarch, platform.variant?.name) {
        case ("arm", let name?): variant = name
        case ("amd64", let name?) where name != "v1": variant = name
        case ("arm64", let name?) where name != "v8.0": variant = name
        default: variant = nil
        }
    }

    /// The platform in this program's words; nil for one that Go does not know.
    public var platform: Platform? {
        // The defaults of the specification are written out by some and left out by others.
        let isDefault = [("arm64", "v8"), ("amd64", "v1")].contains { $0 == (architecture, variant ?? "") }
        let text = [os, architecture] + (isDefault ? [] : variant.map { [$0] } ?? [])
        return try? Platform(parsing: text.joined(separator: "/"))
    }

    init(os: String, architecture: String, variant: String?) {
        self.os = os
        self.architecture = architecture
        self.variant = variant
    }

    /// Without variants that say what is so anyway.
    var normalized: ImagePlatform {
        let isDefault = [("arm64", "v8"), ("amd64", "v1"), ("arm", "v7")].contains {
            $0 == (architecture, variant ?? "")
        }
        return isDefault ? ImagePlatform(os: os, architecture: architecture, variant: nil) : self
    }

    /// `linux/arm/v7`.
    public var text: String { ([os, architecture] + (variant.map { [$0] } ?? [])).joined(separator: "/") }
}
