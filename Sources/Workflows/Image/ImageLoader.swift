import Files
import ScratchImage
import SystemPackage

/// Loads an image into a container engine.
enum ImageLoader {
    static func load(_ image: PlatformImage, _ reference: ImageReference, _ note: (String) -> Void) async throws {
        let tool = try ForeignTool.first(of: ["podman", "docker"], for: "--load")
        try await TemporaryPlace.with { folder in
            let archive = folder.appending("image.tar")
            try ImageArchive.writeDocker(image, as: reference, to: archive)
            try await tool.run(["load", "--input", archive.string], in: folder)
        }
        note("loaded \(reference) (\(image.platform)) into \(tool.name)")
    }
}
