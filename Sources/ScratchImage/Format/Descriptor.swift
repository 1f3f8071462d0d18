public import Attestation

/// What one document of an image says of another: its kind, digest and size.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/descriptor.md
public struct Descriptor: Sendable, Hashable, Codable {
    /// The kind.
    public let mediaType: MediaType
    /// `sha256:` and sixty-four hexadecimal digits.
    public let digest: String
    /// Bytes.
    public let size: Int
    /// The platform, for a manifest in an index.
    public let platform: ImagePlatform?
    /// The kind of an artifact that is no image.
    public let artifactType: String?
    /// Annotations.
    public let annotations: [String: String]?

    /// The annotation by which a layout's own index names an image: its tag.
    static let referenceKey = "org.opencontainers.image.ref.name"
    /// The annotation by which containerd, docker and podman name what they load.
    static let nameKey = "io.containerd.image.name"

    init(
        _ mediaType: MediaType, digest: Digest, size: Int, platform: ImagePlatform? = nil,
        artifactType: String? = nil, annotations: [String: String]? = nil
    ) {
        self.mediaType = mediaType
        self.digest = digest.inOCI
        self.size = size
        self.platform = platform
        self.artifactType = artifactType
        self.annotations = annotations
    }

    init(mediaType: MediaType, digest: String, size: Int) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        platform = nil
        artifactType = nil
        annotations = nil
    }

    /// The digest, where it is one that this program can compute.
    public var sha256: Digest? {
        digest.hasPrefix("sha256:") ? Digest(hexadecimal: String(digest.dropFirst(7))) : nil
    }
}

extension Digest {
    /// As the documents of images write it.
    var inOCI: String { "sha256:" + hexadecimal }
}

/// The kinds of documents that images are made of.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/media-types.md and, for Docker's own, which have the
/// same fields, https://distribution.github.io/distribution/spec/manifest-v2-2/
public struct MediaType: RawRepresentable, Sendable, Hashable, Codable {
    /// As it is written.
    public let rawValue: String
    /// Makes a type of its text.
    public init(rawValue: String) { self.rawValue = rawValue }

    static let index = MediaType(rawValue: "application/vnd.oci.image.index.v1+json")
    static let manifest = MediaType(rawValue: "application/vnd.oci.image.manifest.v1+json")
    static let configuration = MediaType(rawValue: "application/vnd.oci.image.config.v1+json")
    static let dockerConfiguration = MediaType(rawValue: "application/vnd.docker.container.image.v1+json")
    static let empty = MediaType(rawValue: "application/vnd.oci.empty.v1+json")
    static let tar = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar")
    static let tarGzip = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar+gzip")
    static let dockerIndex = MediaType(rawValue: "application/vnd.docker.distribution.manifest.list.v2+json")
    static let dockerManifest = MediaType(rawValue: "application/vnd.docker.distribution.manifest.v2+json")

    /// A stamp beside an image (https://github.com/in-toto/attestation/blob/main/spec/v1/bundle.md).
    static func stamp(_ kind: StampFile) -> MediaType {
        switch kind {
        case .signed: MediaType(rawValue: "application/vnd.in-toto+dsse")
        case .unsigned: MediaType(rawValue: "application/vnd.in-toto+json")
        case .sigstore: MediaType(rawValue: "application/vnd.dev.sigstore.bundle.v0.3+json")
        }
    }

    /// Whether it is a list of manifests.
    var isIndex: Bool { self == .index || self == .dockerIndex }
    /// Whether it is a manifest of one image.
    var isManifest: Bool { self == .manifest || self == .dockerManifest }
}
