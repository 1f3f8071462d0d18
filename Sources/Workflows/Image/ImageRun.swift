import Attestation
import Files
import GoBinary
import GoToolchain
import Reporting
import ScratchImage
import SystemPackage
import Text
import Verification

/// Makes an image of admitted binaries, and writes, loads or pushes it.
struct ImageRun: Sendable {
    let request: ImageRequest
    let context: Context

    private var contents: ImageContents { request.contents }

    func report(on supply: ImageSupply) async throws -> ImageReport {
        let reference = try contents.reference ?? standardReference(supply)
        let settings = try await settings(for: supply, reference)
        let parts = try await parts(of: supply)
        try checkPaths(among: parts)
        let endMaking = context.listener.begin("making the image \(reference)")
        defer { endMaking() }
        let image = try Image(parts, settings: settings)
        if let limit = contents.sizeLimit {
            try ImageSizeCheck(limit: limit, policy: request.policy, context: context)
                .check(image, as: reference, starting: settings.program, user: contents.user)
        }
        let proofs = try await request.proof.map {
            ImageTrial(settings: $0, policy: request.policy, context: context)
        }?.proofs(of: image, as: reference)
        let needsPlain = request.isLoading || request.destinations.contains { $0.form == .docker }
        var plain = settings
        plain.compression = .none
        let uncompressed = try needsPlain && settings.compression != .none ? Image(parts, settings: plain) : nil
        let attestation = try ImageAttestation(
            of: image, as: request.push ?? reference, request, proof: proofs.map(ImageProof.init(of:)), in: context)
        try await write(image, uncompressed: uncompressed, as: reference, attestation)
        endMaking()
        if request.isLoading {
            let one = try ImageDestination.platform(of: (uncompressed ?? image).platforms)
            try await ImageLoader.load(one, reference, in: context)
        }
        var pushed: String?
        if let target = request.push {
            // The same image has the same bills each time it is pushed.
            let created = settings.created > 0 ? settings.created : try context.statedTime()
            pushed = try await ImagePusher(
                reference: target, isInsecure: request.isInsecure, created: created, context: context
            ).push(image, supply: supply, summary: attestation.signed)
        }
        return report(on: image, reference, pushed: pushed, proofs: proofs ?? [:])
    }

    /// Writes the image and its summary. Another run that writes to the same places comes before or after both.
    private func write(
        _ image: Image, uncompressed: Image?, as reference: ImageReference, _ attestation: ImageAttestation
    ) async throws {
        let folders = request.destinations.map { $0.place(in: context).removingLastComponent() }
        for folder in folders { try Folder.create(folder) }
        try await FolderLock.holding(folders) { folder in
            context.listener.note("waiting for another run that writes an image into \(folder)")
        } _: {
            for destination in request.destinations {
                // Nothing is written once a signal has come.
                try Task.checkCancellation()
                try destination.write(image, uncompressed: uncompressed, as: reference, in: context)
                if destination.form == .docker, image.platforms.count > 1 {
                    let one = try ImageDestination.platform(of: image.platforms)
                    context.listener.note(
                        "docker-archive:\(destination.path) has \(one.platform) alone: the format holds one platform; oci-archive holds all"
                    )
                }
            }
            try Task.checkCancellation()
            try attestation.write(request, in: context)
        }
    }

    private func standardReference(_ supply: ImageSupply) throws -> ImageReference {
        guard let reference = ImageReference(supply.entryPoint.lowercased()) else {
            throw ImageRunError.unusableName(supply.entryPoint)
        }
        return reference
    }

    /// The programs of each platform, with the files that any of them needs.
    private func parts(of supply: ImageSupply) async throws -> [PackedPrograms] {
        let sources = RootSources(
            certificates: contents.certificates, zones: contents.timeZones, goPath: request.goPath, context: context)
        let all = contents.needs(supply.binaries)
        let certificates = all.contains(.certificates) ? try sources.certificateBundle() : nil
        let zones = all.contains(.timeZones) ? try await sources.timeZones() : nil
        let added = try contents.added.flatMap { try $0.entries(through: supply.gate, for: supply.builtPlatforms) }
        return try supply.builtPlatforms.map { platform in
            let binaries = supply.binaries(for: platform)
            let needs = contents.needs(binaries)
            let files = RootFiles(
                for: needs, user: contents.user, certificates: certificates, zones: zones,
                added: added, writable: contents.writable)
            for sentence in contents.misplacedVariables(among: files, for: needs) {
                context.listener.note("\(platform): \(sentence)")
            }
            return try PackedPrograms(binaries.map { PackedProgram(name: $0.name, $0.binary) }, files: files)
        }
    }

    private func settings(for supply: ImageSupply, _ reference: ImageReference) async throws -> ImageSettings {
        let origin = try await ImageOrigin(of: supply, reference: reference, in: context)
        var settings = ImageSettings(program: "/" + supply.entryPoint, user: contents.user, created: origin.created)
        settings.arguments = contents.arguments
        settings.command = contents.command
        settings.environment = contents.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        settings.ports = contents.ports.map(\.description).distinct
        let own = origin.annotations(title: supply.entryPoint, created: settings.createdText)
        settings.labels = own.merging(contents.labels) { $1 }
        settings.annotations = own.merging(contents.annotations) { $1 }
        settings.stopSignal = contents.stopSignal
        settings.healthcheck = contents.health?.check
        settings.workingFolder = contents.workingFolder
        settings.compression = contents.compression
        return settings
    }

    /// Checks the paths that options name against those of the image's files.
    private func checkPaths(among parts: [PackedPrograms]) throws(ImageRunError) {
        let folder = FilePath(contents.workingFolder)
        for part in parts {
            let names = part.programs.map(\.name) + part.files.entries.filter { $0.kind != .folder }.map(\.path)
            let files = names.map { FilePath("/" + $0) }
            guard !files.contains(where: folder.starts) else { throw .workingFolderIsFile(contents.workingFolder) }
            guard let program = contents.health?.words.first.map({ FilePath($0) }) else { continue }
            guard part.holdsProgram(at: program) else { throw .noHealthProgram(program.string) }
        }
    }

    private func report(
        on image: Image, _ reference: ImageReference, pushed: String?, proofs: [String: Proof]
    ) -> ImageReport {
        ImageReport(
            tool: .init(version: Identity.version, go: nil), name: reference.description, digest: image.digest,
            outputs: request.destinations.map { "\($0.form.rawValue):\($0.path)" }, pushed: pushed,
            platforms: image.platforms.map { platform in
                .init(
                    platform: platform.nameInImage, digest: platform.digest,
                    programs: platform.programs.flatMap { layer in
                        layer.files.map { .init(path: $0.path, size: $0.size, layer: layer.digest) }
                    }, pulled: platform.size, unpacked: platform.unpackedSize,
                    files: (platform.programs + [platform.root]).flatMap(\.files).map {
                        .init(path: $0.path, size: $0.size, stampedName: $0.stampedName)
                    }, proof: proofs[platform.nameInImage])
            })
    }
}

extension PackedPrograms {
    /// Whether a path leads to something that can be started, without a search that an engine may do in another way.
    fileprivate func holdsProgram(at path: FilePath) -> Bool {
        let name = path.lexicallyNormalized().string.dropFirst()
        guard path.isAbsolute else { return false }
        return programs.contains { $0.name == name }
            || files.entries.contains { entry in
                switch entry.kind {
                case .file: entry.path == name && entry.mode & 0o111 != 0
                case .link: entry.path == name
                case .folder: false
                }
            }
    }
}

extension ImageContents {
    /// What to add for some programs.
    fileprivate func needs(_ binaries: [SuppliedBinary]) -> Set<RuntimeNeed> {
        needs(binaries.reduce(into: []) { $0.formUnion($1.binary.needs) })
    }
}
