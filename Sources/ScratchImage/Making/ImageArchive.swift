import Attestation
import Files
public import SystemPackage

/// Writes images as tar archives, for tools that load them.
public enum ImageArchive {
    /// Writes an archive of an image layout with all platforms.
    public static func writeOCI(_ image: Image, as reference: ImageReference, to file: FilePath) throws {
        var parts = [
            ("oci-layout", try ImageJSON.bytes(of: LayoutMarker())),
            ("index.json", try ImageJSON.bytes(of: ImageIndex(manifests: [image.descriptor(reference)]))),
        ]
        parts += image.blobs.map { ("blobs/sha256/\($0.digest.dropFirst(7))", $0.bytes) }
        try write(parts, to: file)
    }

    /// Writes an archive as `docker save` does, of one platform. Its layers must not be compressed.
    ///
    /// Source: https://github.com/moby/docker-image-spec/blob/main/spec.md#combined-image-json--filesystem-changeset-format
    public static func writeDocker(_ image: PlatformImage, as reference: ImageReference, to file: FilePath) throws {
        let configuration = "\(Digest(of: image.configuration)).json"
        let layers = image.layers.map { ("\($0.diffID)/layer.tar", $0.blob) }
        let manifest = [
            DockerManifest(config: configuration, repoTags: [reference.description], layers: layers.map(\.0))
        ]
        try write(
            [("manifest.json", try ImageJSON.bytes(of: manifest)), (configuration, image.configuration)] + layers,
            to: file)
    }

    private static func write(_ parts: [(path: String, bytes: [UInt8])], to file: FilePath) throws {
        let entries = parts.map { TarEntry.file($0.path, $0.bytes, mode: 0o644) }
        try AtomicFile.write(TarWriter.archive(TarEntry.complete(entries), time: 0), to: file)
    }
}
