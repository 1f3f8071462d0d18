import Attestation
import ELF
import Files
import Reporting
import ScratchImage
import SystemPackage

/// Pushes an image to a registry with another tool, and beside it its summary, and the stamps and bills of materials of its
/// programs.
struct ImagePusher: Sendable {
    let reference: ImageReference
    let isInsecure: Bool
    /// The time that the bills of materials state, in seconds since 1970.
    let created: Int
    let context: Context

    /// Pushes the image.
    ///
    /// - Parameter summary: The signed summary of the image; nil if there is none.
    /// - Returns: Its name at the registry, with its digest.
    func push(_ image: Image, supply: ImageSupply, summary: SignedImageSummary?) async throws -> String {
        let end = context.listener.begin("pushing \(reference)")
        defer { end() }
        return try await TemporaryPlace.with { folder in
            let tool = try RegistryTool(for: reference.name, isInsecure: isInsecure, in: folder, context)
            try await tool.push(image, as: reference)
            let summaries = summary.map { [ImageArtifacts.Document(summary: $0)] } ?? []
            for platform in image.platforms {
                let documents = try documents(of: platform, in: supply)
                let artifacts = try ImageArtifacts(of: platform, summaries + documents)
                guard !artifacts.artifacts.isEmpty else { continue }
                try await tool.push(artifacts)
                let words = documents.isEmpty ? "summary" : "stamp and bill of materials"
                context.listener.note("\(platform.platform): \(words) under the tag \(artifacts.tag)")
            }
            if !summaries.isEmpty {
                let artifacts = try ImageArtifacts(of: image, summaries)
                try await tool.push(artifacts)
                context.listener.note("all platforms: summary under the tag \(artifacts.tag)")
            }
            return "\(reference)@\(image.digest)"
        }
    }

    /// The stamps and the bill of materials of each program of a platform.
    private func documents(of platform: PlatformImage, in supply: ImageSupply) throws -> [ImageArtifacts.Document] {
        // The gate reads a limited number of a registry's stamps, and needs that of the program that the image starts.
        let binaries = supply.binaries(for: platform.platform)
        let sorted =
            binaries.filter { $0.name == supply.entryPoint } + binaries.filter { $0.name != supply.entryPoint }
        return try sorted.flatMap { try documents(of: $0.binary, at: $0.path, bills: supply.bills) }
    }

    private func documents(
        of binary: StampedBinary, at path: FilePath, bills: [BillOfMaterials.Binary]
    ) throws -> [ImageArtifacts.Document] {
        var documents: [ImageArtifacts.Document] = []
        for kind in StampFile.allCases where kind.path(of: path).exists {
            let bytes = try FileSnapshot(kind.path(of: path)).bytes
            documents.append(
                .init(name: kind.path(of: path).lastComponent?.string ?? "", kind: .stamp(kind), bytes: bytes))
        }
        if let info = binary.buildInfo {
            let name = path.lastComponent?.string ?? ""
            let known = bills.first { $0.digest == binary.digest }
            let bill = BillOfMaterials(
                binaries: [known?.named(name) ?? .init(path: name, digest: binary.digest, buildInfo: info)],
                created: StatedTime.text(of: created))
            let text = try BillFormat.spdx.text(of: bill)
            documents.append(.init(name: name + ".spdx.json", kind: .spdx, bytes: Array(text.utf8)))
        }
        return documents
    }
}
