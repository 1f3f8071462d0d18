import Attestation
public import GoBinary

/// The image of one platform: two layers, a configuration and a manifest.
public struct PlatformImage: Sendable {
    /// The platform that the program was verified for.
    public let platform: Platform
    /// The layer of the root. Platforms that need the same files share it.
    public let root: Layer
    /// The layer of the program.
    public let program: Layer
    /// The size of the program in bytes.
    public let programSize: Int
    let configuration: [UInt8]
    let manifest: [UInt8]
    /// The descriptor of the manifest in the index.
    let descriptor: Descriptor

    init(_ binary: StampedBinary, root: Layer, files: RootFiles, settings: ImageSettings) throws {
        self.root = root
        platform = binary.platform
        programSize = binary.bytes.count
        let path = String(settings.program.drop { $0 == "/" })
        try files.check(against: path)
        program = try Layer(binary, at: path, time: settings.created, compression: settings.compression)
        let imagePlatform = ImagePlatform(binary.builtPlatform)
        configuration = try ImageJSON.bytes(
            of: ImageConfiguration(imagePlatform, layers: [root, program], files: files, settings: settings))
        let manifest = ImageManifest(
            config: Descriptor(
                .configuration, digest: Digest(of: configuration), size: configuration.count),
            layers: [root.descriptor, program.descriptor],
            annotations: settings.annotations.isEmpty ? nil : settings.annotations)
        self.manifest = try ImageJSON.bytes(of: manifest)
        descriptor = Descriptor(
            .manifest, digest: Digest(of: self.manifest), size: self.manifest.count, platform: imagePlatform)
    }

    /// The platform as the index names it: `linux/arm/v7`, also if the program was verified for `linux/arm`.
    public var nameInImage: String { descriptor.platform?.text ?? platform.description }

    /// The manifest's digest.
    public var digest: String { descriptor.digest }

    /// The blobs of the image by digest.
    var blobs: [(digest: String, bytes: [UInt8])] {
        [
            (root.descriptor.digest, root.blob), (program.descriptor.digest, program.blob),
            (Digest(of: configuration).inOCI, configuration), (descriptor.digest, manifest),
        ]
    }
}

extension ImageConfiguration {
    fileprivate init(_ platform: ImagePlatform, layers: [Layer], files: RootFiles, settings: ImageSettings) {
        let created = settings.createdText
        self.created = created
        architecture = platform.architecture
        os = platform.os
        variant = platform.variant
        let environment = files.environment + settings.environment
        config = Execution(
            user: settings.user.description,
            exposedPorts: settings.ports.isEmpty
                ? nil : Dictionary(settings.ports.map { ($0, Nothing()) }) { first, _ in first },
            env: environment.isEmpty ? nil : environment, entrypoint: [settings.program] + settings.arguments,
            cmd: settings.command.isEmpty ? nil : settings.command, workingDir: settings.workingFolder,
            labels: settings.labels.isEmpty ? nil : settings.labels, stopSignal: settings.stopSignal)
        rootfs = RootFileSystem(type: "layers", diffIDs: layers.map(\.diffID.inOCI))
        history = layers.map { History(created: created, createdBy: $0.origin, emptyLayer: nil) }
    }
}
