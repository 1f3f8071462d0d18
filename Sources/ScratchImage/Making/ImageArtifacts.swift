public import Attestation

/// The artifacts beside an image at a registry: summaries, stamps and bills of materials, as manifests whose subject is the image.
///
/// Clients find them by the referrers API, or by the tag `sha256-…` of the subject, which every registry accepts
/// (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema).
public struct ImageArtifacts: Sendable {
    /// The tag of the list of artifacts, `sha256-…`.
    public let tag: String
    /// The artifacts.
    public let artifacts: [Artifact]

    /// One artifact.
    public struct Artifact: Sendable {
        let descriptor: Descriptor
        let blobs: [(digest: String, bytes: [UInt8])]

        /// The digest of its manifest, `sha256:…`.
        public var digest: String { descriptor.digest }
    }

    /// A document about an image, or about its program.
    public struct Document: Sendable {
        let name: String
        let kind: Kind
        let bytes: [UInt8]
        var annotations: [String: String]?

        /// Makes a document of its name, kind and bytes.
        public init(name: String, kind: Kind, bytes: [UInt8]) {
            self.name = name
            self.kind = kind
            self.bytes = bytes
        }

        /// The signed summary of an image, annotated as cosign does it
        /// (https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md#annotations).
        public init(summary: SignedImageSummary) {
            self.init(name: "summary.sigstore.json", kind: .stamp(.sigstore), bytes: summary.bundle)
            annotations = [
                "dev.sigstore.bundle.content": "dsse-envelope",
                "dev.sigstore.bundle.predicateType": VerificationSummary.predicateType,
                "org.opencontainers.image.created": summary.timeVerified,
            ]
        }

        /// The kinds of documents.
        public enum Kind: Sendable, Hashable {
            /// A stamp, or the summary of an image.
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

    /// Makes the artifacts of the image of one platform.
    public init(of image: PlatformImage, _ documents: [Document]) throws {
        try self.init(subject: image.descriptor, documents)
    }

    /// Makes the artifacts of a whole image.
    public init(of image: Image, _ documents: [Document]) throws {
        try self.init(
            subject: Descriptor(.index, digest: Digest(of: image.index), size: image.index.count), documents)
    }

    init(subject: Descriptor, _ documents: [Document]) throws {
        tag = subject.digest.replacing(":", with: "-")
        artifacts = try documents.map { try Artifact($0, about: subject) }
    }
}

extension ImageArtifacts.Artifact {
    /// Makes a manifest for a document (manifest.md#guidelines-for-artifact-usage).
    fileprivate init(_ document: ImageArtifacts.Document, about subject: Descriptor) throws {
        // An artifact without a configuration has an empty one (manifest.md#guidance-for-an-empty-descriptor).
        let empty = Array("{}".utf8)
        let configuration = Descriptor(.empty, digest: Digest(of: empty), size: empty.count)
        let type = document.kind.mediaType
        let layer = Descriptor(
            type, digest: Digest(of: document.bytes), size: document.bytes.count,
            annotations: ["org.opencontainers.image.title": document.name])
        let manifest = try ImageJSON.bytes(
            of: ImageManifest(
                config: configuration, layers: [layer], artifactType: type.rawValue,
                subject: Descriptor(mediaType: subject.mediaType, digest: subject.digest, size: subject.size),
                annotations: document.annotations))
        descriptor = Descriptor(
            .manifest, digest: Digest(of: manifest), size: manifest.count, artifactType: type.rawValue,
            annotations: document.annotations)
        blobs = [
            (configuration.digest, empty), (layer.digest, document.bytes), (descriptor.digest, manifest),
        ]
    }
}
