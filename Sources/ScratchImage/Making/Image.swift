public import Attestation
import GoBinary

/// The images of some programs for all their platforms, under one index (image-index.md).
public struct Image: Sendable {
    /// The images, in the order of the index.
    public let platforms: [PlatformImage]
    let index: [UInt8]

    /// Makes an image of programs that the gate has admitted.
    ///
    /// - Parameters:
    ///   - parts: The programs of each platform, with the files that they need.
    ///   - settings: The settings of the image.
    /// - Throws: `ImageMakingError` if there is no program, or two for one platform; `CompressionError`.
    public init(_ parts: [PackedPrograms], settings: ImageSettings) throws {
        guard !parts.isEmpty else { throw ImageMakingError.noProgram }
        // Clients take the first manifest that fits, so the variant that runs everywhere comes first: v1 before v2.
        let sorted = parts.sorted { $0.first.binary.platform < $1.first.binary.platform }
        // Platforms with the same files share a layer. Arrays with the same storage are equal without a look at their elements.
        var roots: [(entries: [TarEntry], layer: Layer)] = []
        var images: [PlatformImage] = []
        for part in sorted {
            let entries = part.files.entries
            let known = roots.first { $0.entries == entries }?.layer
            let root =
                try known ?? Layer(root: entries, time: settings.created, compression: settings.compression)
            if known == nil { roots.append((entries, root)) }
            images.append(try PlatformImage(part, root: root, settings: settings))
        }
        let named = Dictionary(grouping: images) { $0.descriptor.platform }
        if let twice = named.first(where: { $0.value.count > 1 }) {
            throw ImageMakingError.duplicatePlatform(
                twice.key?.text ?? "one platform", programs: twice.value.map(\.platform))
        }
        platforms = images
        index = try ImageJSON.bytes(
            of: ImageIndex(
                manifests: images.map(\.descriptor),
                annotations: settings.annotations.isEmpty ? nil : settings.annotations))
    }

    /// The digest of the index, which names the whole image.
    public var digest: String { Digest(of: index).inOCI }

    /// The digests of the image, for a statement about it.
    public func attested(as reference: ImageReference) -> AttestedImage {
        AttestedImage(
            repository: reference.name, tag: reference.tag, index: Digest(of: index),
            manifests: platforms.map { ($0.nameInImage, Digest(of: $0.manifest)) })
    }

    /// The descriptor of the image in the index of a layout (image-layout.md#indexjson-file).
    func descriptor(_ reference: ImageReference) -> Descriptor {
        Descriptor(
            .index, digest: Digest(of: index), size: index.count,
            annotations: [
                Descriptor.referenceKey: reference.tag, Descriptor.nameKey: reference.description,
            ])
    }

    /// The blobs of the image by digest, each once.
    var blobs: [(digest: String, bytes: [UInt8])] {
        var seen: Set<String> = []
        return (platforms.flatMap(\.blobs) + [(Digest(of: index).inOCI, index)]).filter {
            seen.insert($0.digest).inserted
        }
    }
}
