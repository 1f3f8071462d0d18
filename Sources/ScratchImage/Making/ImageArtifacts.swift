public import Attestation

/// The artifacts beside an image at a registry: stamps and bills of materials, as manifests whose subject is the image.
///
/// Clients find them by the tag `sha256-…` of the image's manifest, which every registry accepts
/// (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema).
public struct ImageArtifacts: Sendable {
    /// The tag of the artifacts, `sha256-…`.
    public let tag: String
    let blobs: [(digest: String, bytes: [UInt8])]
    let index: [UInt8]

    /// A document about the program in an image.
    public struct Document: Sendable {
        let name: String
        let kind: Kind
        let bytes: [UInt8]

        /// Makes a document of its name, kind and bytes.
        public init(name: String, kind: Kind, bytes: [UInt8]) {
            self.name = name
            self.kind = kind
            self.bytes = bytes
        }

        /// The kinds of documents.
        public enum Kind: Sendable, Hashable {
            /// A stamp.
            case stamp(StampFile)
            /// A bill of materials in SPDX 2.3 JSON.
            case spdx

            var mediaType: MediaType {
                switch self {
                case .stamp(let file): .stamp(file)
                case .spdx: MediaType(rawValue: "application/spdx+json")
                }
            }
        }
    }

    /// Whether there are no documents.
    public var isEmpty: Bool { blobs.isEmpty }

    /// Makes a manifest for each document.
    public init(of image: PlatformImage, _ documents: [Document]) throws {
        tag = image.digest.replacing(":", with: "-")
        // An artifact without a configuration has an empty one (manifest.md#guidance-for-an-empty-descriptor).
        let empty = Array("{}".utf8)
        let configuration = Descriptor(.empty, digest: Digest(of: empty), size: empty.count)
        var blobs: [String: [UInt8]] = documents.isEmpty ? [:] : [configuration.digest: empty]
        var manifests: [Descriptor] = []
        for document in documents {
            let layer = Descriptor(
                document.kind.mediaType, digest: Digest(of: document.bytes), size: document.bytes.count,
                annotations: ["org.opencontainers.image.title": document.name])
            let manifest = try ImageJSON.bytes(
                of: ImageManifest(
                    config: configuration, layers: [layer], artifactType: document.kind.mediaType.rawValue,
                    subject: Descriptor(.manifest, digest: image.descriptor)))
            let descriptor = Descriptor(
                .manifest, digest: Digest(of: manifest), size: manifest.count,
                artifactType: document.kind.mediaType.rawValue)
            blobs[layer.digest] = document.bytes
            blobs[descriptor.digest] = manifest
            manifests.append(descriptor)
        }
        let list = try ImageJSON.bytes(of: ImageIndex(manifests: manifests))
        let descriptor = Descriptor(
            .index, digest: Digest(of: list), size: list.count,
            annotations: [Descriptor.referenceKey: tag])
        if !documents.isEmpty { blobs[descriptor.digest] = list }
        self.blobs = blobs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        index = try ImageJSON.bytes(of: ImageIndex(manifests: [descriptor]))
    }
}

extension Descriptor {
    /// A descriptor of the same digest and size, without the platform.
    fileprivate init(_ mediaType: MediaType, digest other: Descriptor) {
        self.init(mediaType: mediaType, digest: other.digest, size: other.size)
    }
}
