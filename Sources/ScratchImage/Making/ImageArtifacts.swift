public import Attestation

/// What lies beside an image at a registry: stamps and bills of materials, as manifests that speak of the image's own.
///
/// They are found by the tag `sha256-…` of the manifest that they speak of, which every registry can hold
/// (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema).
public struct ImageArtifacts: Sendable {
    /// The tag.
    public let tag: String
    let blobs: [(digest: String, bytes: [UInt8])]
    let index: [UInt8]

    /// A document about the program of an image.
    public struct Document: Sendable {
        let name: String
        let kind: Kind
        let bytes: [UInt8]

        /// Names a document.
        public init(name: String, kind: Kind, bytes: [UInt8]) {
            self.name = name
            self.kind = kind
            self.bytes = bytes
        }

        /// Kinds of documents.
        public enum Kind: Sendable, Hashable {
            /// A stamp.
            case stamp(StampFile)
            /// A bill of materials in SPDX.
            case spdx

            var mediaType: MediaType {
                switch self {
                case .stamp(let file): .stamp(file)
                case .spdx: MediaType(rawValue: "application/spdx+json")
                }
            }
        }
    }

    /// Whether there is nothing to say.
    public var isEmpty: Bool { blobs.isEmpty }

    /// Makes a manifest for each document.
    public init(of image: PlatformImage, _ documents: [Document]) throws {
        tag = image.digest.replacing(":", with: "-")
        // What a configuration is where there is none to speak of (image-spec, manifest.md, "Guidance for an Empty Descriptor").
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
    /// Another document of the same digest and size, without the platform.
    fileprivate init(_ mediaType: MediaType, digest other: Descriptor) {
        self.init(mediaType: mediaType, digest: other.digest, size: other.size)
    }
}
