import Attestation
import Configuration
import FoundationEssentials
import GoBinary
import GoToolchain
import Reporting
import ScratchImage
import SystemPackage
import Text
import Verification

/// The way from binaries that a gate has let through to an image in its places.
struct ImageRun: Sendable {
    let options: ImageOptions
    let destinations: [ImageDestination]
    let push: String?
    let isInsecure: Bool
    let isLoading: Bool
    let file: ConfigurationFile
    let folder: FilePath
    let note: @Sendable (String) -> Void
    /// Finds the time zones that come with Go: asked only where zones are needed, for it starts the go command.
    let goZones: @Sendable () async -> FilePath?

    private var section: ImageSection? { file.settings.image }

    /// Makes the image and puts it where it belongs.
    func report(on supply: ImageSupply) async throws -> ImageReport {
        let reference = try (options.tag ?? section?.tag).map(ImageOptions.reference) ?? standardReference(supply)
        let settings = try await settings(for: supply, reference)
        let parts = try await parts(of: supply)
        let image = try Image(parts, settings: settings)
        let needsUncompressed = isLoading || destinations.contains { $0.form == .docker }
        var plain = settings
        plain.compression = .none
        let uncompressed = try needsUncompressed && settings.compression != .none ? Image(parts, settings: plain) : nil
        for destination in destinations {
            try destination.write(image, uncompressed: uncompressed, as: reference, from: folder)
        }
        if isLoading {
            try await ImageLoader.load(
                ImageDestination.platform(of: (uncompressed ?? image).platforms), reference, note)
        }
        let pushed = try await push.map(ImageOptions.reference).asyncMap { target in
            try await ImagePusher(reference: target, isInsecure: isInsecure, note: note).push(image, supply: supply)
        }
        return report(on: image, reference, pushed: pushed)
    }

    private func standardReference(_ supply: ImageSupply) throws -> ImageReference {
        try ImageOptions.reference(supply.name.lowercased())
    }

    /// Each binary with the files that it needs.
    private func parts(of supply: ImageSupply) async throws -> [(binary: StampedBinary, files: RootFiles)] {
        let user = try (options.user ?? section?.user).map(ImageOptions.numbers) ?? .standard
        let sources = RootSources(
            certificates: place(options.certificates, section?.certificates),
            zones: place(options.timeZones, section?.timeZones),
            now: Int(Date().timeIntervalSince1970))
        let needs = supply.binaries.map { options.needs($0.binary.needs, over: section) }
        let all = needs.reduce(into: Set()) { $0.formUnion($1) }
        let certificates = all.contains(.certificates) ? try sources.certificateBundle(note: note) : nil
        let zones = all.contains(.timeZones) ? try await sources.timeZones(orGo: goZones) : nil
        let added =
            try (section?.add ?? []).flatMap { try AddedFiles($0, from: file.folder).entries(through: supply.gate) }
            + options.add.flatMap { try AddedFiles($0, from: folder).entries(through: supply.gate) }
        return zip(supply.binaries, needs).map { binary, needs in
            (
                binary.binary,
                RootFiles(for: needs, user: user, certificates: certificates, zones: zones, added: added)
            )
        }
    }

    private func place(_ given: String?, _ configured: String?) -> (shown: String, path: FilePath)? {
        given.map { ($0, folder.pushing(FilePath($0))) }
            ?? configured.map { ($0, file.folder.pushing(FilePath($0))) }
    }

    private func settings(for supply: ImageSupply, _ reference: ImageReference) async throws -> ImageSettings {
        let origin = try await ImageOrigin(of: supply, reference: reference, folder: folder)
        var settings = ImageSettings(
            program: "/" + supply.name,
            user: try (options.user ?? section?.user).map(ImageOptions.numbers) ?? .standard, created: origin.created)
        settings.arguments = options.arguments.isEmpty ? section?.arguments ?? [] : options.arguments
        settings.command = options.command.isEmpty ? section?.command ?? [] : options.command
        let variables = try merged(section?.environment, options.environment)
        settings.environment = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        settings.ports = try ((section?.ports ?? []) + options.expose).map(ImageOptions.port).distinct
        let own = origin.annotations(title: supply.name, created: settings.createdText)
        settings.labels = own.merging(try merged(section?.labels, options.labels)) { $1 }
        settings.annotations = own.merging(try merged(section?.annotations, options.annotations)) { $1 }
        settings.stopSignal = options.stopSignal ?? section?.stopSignal
        settings.workingFolder = options.workingFolder ?? section?.workingFolder ?? "/"
        settings.compression =
            options.compression ?? section?.compression.flatMap(LayerCompression.init(rawValue:)) ?? .gzip
        return settings
    }

    private func merged(_ configured: [String: String]?, _ given: [String]) throws -> [String: String] {
        try given.map(ImageOptions.pair).reduce(into: configured ?? [:]) { $0[$1.name] = $1.value }
    }

    private func report(on image: Image, _ reference: ImageReference, pushed: String?) -> ImageReport {
        ImageReport(
            tool: .init(version: Product.version, go: nil), name: reference.description, digest: image.digest,
            outputs: destinations.map { "\($0.form.rawValue):\($0.path)" }, pushed: pushed,
            platforms: image.platforms.map { platform in
                .init(
                    platform: platform.platform.description, digest: platform.digest, program: platform.programSize,
                    pulled: platform.root.size + platform.program.size,
                    unpacked: platform.root.unpackedSize + platform.program.unpackedSize,
                    files: (platform.program.files + platform.root.files).map { .init(path: $0.path, size: $0.size) })
            })
    }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ body: (Wrapped) async throws -> Result) async rethrows -> Result? {
        if let self { try await body(self) } else { nil }
    }
}
