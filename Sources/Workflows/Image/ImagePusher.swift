import Attestation
import ELF
import Files
import FoundationEssentials
import Reporting
import ScratchImage
import SystemPackage

/// Pushes an image to a registry with another tool, and beside it the stamps and bills of materials of its programs.
struct ImagePusher: Sendable {
    let reference: ImageReference
    let isInsecure: Bool
    let context: Context

    /// Pushes the image.
    ///
    /// - Returns: Its name at the registry, with its digest.
    func push(_ image: Image, supply: ImageSupply) async throws -> String {
        let tool = try ForeignTool.first(of: ["skopeo", "crane", "oras"], for: "--push", in: context)
        let end = context.listener.begin("pushing \(reference) with \(tool.name)")
        defer { end() }
        return try await TemporaryPlace.with { folder in
            let layout = folder.appending("image")
            try ImageLayout.write(image, as: reference, to: layout)
            try await tool.run(arguments(tool, layout: layout, tag: reference.tag, isImage: true), in: folder)
            for (index, platform) in image.platforms.enumerated() {
                let artifacts = try ImageArtifacts(of: platform, documents(of: platform, in: supply))
                guard !artifacts.isEmpty else { continue }
                let beside = folder.appending("beside-\(index)")
                try ImageLayout.write(artifacts, to: beside)
                try await tool.run(arguments(tool, layout: beside, tag: artifacts.tag, isImage: false), in: folder)
                context.listener.note(
                    "\(platform.platform): stamp and bill of materials under the tag \(artifacts.tag)")
            }
            return "\(reference)@\(image.digest)"
        }
    }

    private func arguments(_ tool: ForeignTool, layout: FilePath, tag: String, isImage: Bool) -> [String] {
        let target = "\(reference.name):\(tag)"
        return switch tool.name {
        case "crane": ["push", "--index"] + (isInsecure ? ["--insecure"] : []) + [layout.string, target]
        case "oras":
            ["cp", "--from-oci-layout"] + (isInsecure ? ["--to-plain-http"] : []) + ["\(layout):\(tag)", target]
        default:
            // Older releases drop artifactType, which they do not know; with --preserve-digests that is an error.
            ["copy", "--all"] + (isImage ? ["--preserve-digests"] : [])
                + (isInsecure ? ["--dest-tls-verify=false"] : [])
                + ["oci:\(layout):\(tag)", "docker://\(target)"]
        }
    }

    /// The stamps and the bill of materials of a platform's program.
    private func documents(of platform: PlatformImage, in supply: ImageSupply) throws -> [ImageArtifacts.Document] {
        guard let (binary, path) = supply.binaries.first(where: { $0.binary.platform == platform.platform }) else {
            return []
        }
        var documents: [ImageArtifacts.Document] = []
        for kind in StampFile.allCases where kind.path(of: path).exists {
            let bytes = try FileSnapshot(kind.path(of: path)).bytes
            documents.append(
                .init(name: kind.path(of: path).lastComponent?.string ?? "", kind: .stamp(kind), bytes: bytes))
        }
        if let info = binary.buildInfo {
            let name = path.lastComponent?.string ?? ""
            let bill = BillOfMaterials(
                binaries: [.init(path: name, digest: binary.digest, buildInfo: info)],
                created: SourceDate.text(of: try context.statedTime()))
            let text = try BillFormat.spdx.text(of: bill)
            documents.append(.init(name: name + ".spdx.json", kind: .spdx, bytes: Array(text.utf8)))
        }
        return documents
    }
}
