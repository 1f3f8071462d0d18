public import Attestation
import GoBinary

/// The images of all platforms of a program, under one index.
public struct Image: Sendable {
    /// The images, in the order of the index.
    public let platforms: [PlatformImage]
    let index: [UInt8]

    /// Makes an image of binaries that a gate has let through.
    ///
    /// - Parameters:
    ///   - binaries: One for each platform, with the files that it needs.
    ///   - settings: What the image is to be.
    /// - Throws: `ImageError` where there is no binary, or two for one platform.
    public init(_ binaries: [(binary: StampedBinary, files: RootFiles)], settings: ImageSettings) throws {
        guard !binaries.isEmpty else { throw ImageError("there is no program to make an image of") }
        // A client that takes the first that fits must find the one that runs everywhere first: v1 before v2.
        let sorted = binaries.sorted { $0.binary.platform < $1.binary.platform }
        var roots: [[TarEntry]: Layer] = [:]
        var images: [PlatformImage] = []
        for (binary, files) in sorted {
            let root =
                try roots[files.entries]
                ?? Layer(root: files.entries, time: settings.created, compression: settings.compression)
            roots[files.entries] = root
            images.append(try PlatformImage(binary, root: root, files: files, settings: settings))
        }
        let named = Dictionary(grouping: images) { $0.descriptor.platform }
        if let twice = named.first(where: { $0.value.count > 1 }) {
            throw ImageError(
                "two programs are for \(twice.key?.text ?? "one platform"): "
                    + twice.value.map(\.platform.description).joined(separator: " and "))
        }
        platforms = images
        index = try ImageJSON.bytes(
            of: ImageIndex(
                manifests: images.map(\.descriptor),
                annotations: settings.annotations.isEmpty ? nil : settings.annotations))
    }

    /// The digest of the index: of all that the image is.
    public var digest: String { Digest(of: index).inOCI }

    /// What a layout's own index says of the image.
    func descriptor(_ reference: ImageReference) -> Descriptor {
        Descriptor(
            .index, digest: Digest(of: index), size: index.count,
            annotations: [
                Descriptor.referenceKey: reference.tag, Descriptor.nameKey: reference.description,
            ])
    }

    /// All that it is stored as, each once, by digest.
    var blobs: [(digest: String, bytes: [UInt8])] {
        var seen: Set<String> = []
        return (platforms.flatMap(\.blobs) + [(Digest(of: index).inOCI, index)]).filter {
            seen.insert($0.digest).inserted
        }
    }
}
