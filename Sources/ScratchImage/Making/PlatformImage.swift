import Attestation
public import GoBinary

/// The image of one platform: a layer of files, a layer for each program, a configuration and a manifest.
public struct PlatformImage: Sendable {
    /// The platform that the programs were verified for.
    public let platform: Platform
    /// The layer of the root. Platforms that need the same files share it.
    public let root: Layer
    /// The layer of each program. An unchanged program keeps its layer when another one changes.
    public let programs: [Layer]
    let configuration: [UInt8]
    let manifest: [UInt8]
    /// The descriptor of the manifest in the index.
    let descriptor: Descriptor

    init(_ packed: PackedPrograms, root: Layer, settings: ImageSettings) throws {
        self.root = root
        platform = packed.first.binary.platform
        try packed.files.check(against: packed.programs.map(\.name))
        programs = try packed.programs.map { program in
            try Layer(
                program.binary, at: program.name, time: settings.created, compression: settings.compression)
        }
        let layers = [root] + programs
        let imagePlatform = ImagePlatform(packed.first.binary.builtPlatform)
        configuration = try ImageJSON.bytes(
            of: ImageConfiguration(imagePlatform, layers: layers, files: packed.files, settings: settings))
        let manifest = ImageManifest(
            config: Descriptor(
                .configuration, digest: Digest(of: configuration), size: configuration.count),
            layers: layers.map(\.descriptor),
            annotations: settings.annotations.isEmpty ? nil : settings.annotations)
        self.manifest = try ImageJSON.bytes(of: manifest)
        descriptor = Descriptor(
            .manifest, digest: Digest(of: self.manifest), size: self.manifest.count, platform: imagePlatform)
    }

    /// The platform as the index names it: `linux/arm/v7`, also if the program was verified for `linux/arm`.
    public var nameInImage: String { descriptor.platform?.text ?? platform.description }

    /// The manifest's digest.
    public var digest: String { descriptor.digest }

    /// All layers, the lowest first.
    public var layers: [Layer] { [root] + programs }

    /// The size of all layers as they are pulled, in bytes.
    public var size: Int { layers.reduce(0) { $0 + $1.size } }

    /// The size of all layers as plain tar archives, in bytes.
    public var unpackedSize: Int { layers.reduce(0) { $0 + $1.unpackedSize } }

    /// The blobs of the image by digest.
    var blobs: [(digest: String, bytes: [UInt8])] {
        layers.map { ($0.digest, $0.blob) } + [
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
        // Of two values some programs take the first and others the last, so there is one.
        let own = Set(settings.environment.map { $0.prefix { $0 != "=" } })
        let environment = files.environment.filter { !own.contains($0.prefix { $0 != "=" }) } + settings.environment
        config = Execution(
            user: settings.user.description,
            exposedPorts: settings.ports.isEmpty
                ? nil : Dictionary(settings.ports.map { ($0, Nothing()) }) { first, _ in first },
            env: environment.isEmpty ? nil : environment, entrypoint: [settings.program] + settings.arguments,
            cmd: settings.command.isEmpty ? nil : settings.command,
            volumes: files.writable.isEmpty
                ? nil : Dictionary(files.writable.map { ("/" + $0.path, Nothing()) }) { first, _ in first },
            workingDir: settings.workingFolder,
            labels: settings.labels.isEmpty ? nil : settings.labels, stopSignal: settings.stopSignal,
            healthcheck: settings.healthcheck.map(Healthcheck.init))
        rootfs = RootFileSystem(type: "layers", diffIDs: layers.map(\.diffID.inOCI))
        history = layers.map { History(created: created, createdBy: $0.origin, emptyLayer: nil) }
    }
}
