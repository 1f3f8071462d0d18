import Files
import ScratchImage
import SystemPackage

/// Loads an image into a container engine.
enum ImageLoader {
    /// Loads it into podman or docker, whichever is on `PATH`.
    static func load(_ image: PlatformImage, _ reference: ImageReference, in context: Context) async throws {
        let tool = try ForeignTool.first(of: ["podman", "docker"], for: "--load", in: context)
        let end = context.listener.begin("loading \(reference) into \(tool.name)")
        defer { end() }
        try await TemporaryPlace.with { folder in
            let archive = folder.appending("image.tar")
            try ImageArchive.writeDocker(image, as: reference, to: archive)
            try await tool.run(["load", "--input", archive.string], in: folder)
        }
        context.listener.note("loaded \(reference) (\(image.platform)) into \(tool.name)")
    }
}
