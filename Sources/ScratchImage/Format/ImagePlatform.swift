public import GoBinary

/// A platform as manifests and configurations write it.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/image-index.md#platform-variants
public struct ImagePlatform: Sendable, Hashable, Codable {
    /// The operating system, written as GOOS.
    public let os: String
    /// The architecture, written as GOARCH.
    public let architecture: String
    /// The CPU variant, `v7`.
    public let variant: String?

    /// Writes a platform as runtimes expect it.
    ///
    /// Variants that are the default in images are left out, as containerd does, except those of arm. Architectures without
    /// variants in images have none here either.
    public init(_ platform: Platform) {
        let rule = Variant.inImages[platform.goarch]
        let isImplied = rule.map { !$0.isWritten && $0.isDefault(platform.variant) } ?? true
        self.init(
            os: platform.goos, architecture: platform.goarch, variant: isImplied ? nil : platform.variant?.name)
    }

    init(os: String, architecture: String, variant: String?) {
        self.os = os
        self.architecture = architecture
        self.variant = variant
    }

    /// The platform as Go writes it; nil if Go does not know it.
    public var platform: Platform? {
        // Some writers spell out the default variant, others leave it out.
        let isImplied = Variant.inImages[architecture].map { !$0.isWritten && $0.name == variant } ?? false
        return try? Platform(parsing: isImplied ? "\(os)/\(architecture)" : text)
    }

    /// The platform as a stamp is compared with it.
    public var named: NamedPlatform { NamedPlatform(inImage: os, architecture, variant) }

    /// The platform without a variant that is the default anyway.
    var normalized: ImagePlatform {
        Variant.inImages[architecture]?.name == variant
            ? ImagePlatform(os: os, architecture: architecture, variant: nil) : self
    }

    /// Whether it is the platform of what is not for any.
    var isUnknown: Bool { os == "unknown" && architecture == "unknown" }

    /// The platform with the variant of another one, if that is the same apart from a variant that is missing here.
    func completed(by other: ImagePlatform) -> ImagePlatform {
        variant == nil && os == other.os && architecture == other.architecture ? other : self
    }

    /// `linux/arm/v7`.
    public var text: String { ([os, architecture] + (variant.map { [$0] } ?? [])).joined(separator: "/") }
}
