import Files
import Reporting
import ScratchImage
import SystemPackage

/// Loads an image into a container engine.
enum ImageLoader {
    /// The name under which an engine says that it has loaded an image; nil if it does not say.
    static func name(in output: String) -> String? {
        let prefixes = ["Loaded image: ", "Loaded image(s): "]
        return output.split(separator: "\n").lazy.compactMap { line in
            prefixes.first(where: line.hasPrefix).map { String(line.dropFirst($0.count)) }
        }.first
    }

    /// Loads it into podman or docker, whichever is on `PATH`.
    static func load(_ image: PlatformImage, _ reference: ImageReference, in context: Context) async throws {
        let tool = try ForeignTool.first(of: ["podman", "docker"], for: "--load", in: context)
        let end = context.listener.begin("loading \(reference) into \(tool.name)")
        defer { end() }
        try await TemporaryPlace.with { folder in
            let archive = folder.appending("image.tar")
            try ImageArchive.writeDocker(image, as: reference, to: archive)
            // podman puts localhost/ before a name without a registry, and says so: "Loaded image: localhost/app:latest".
            let said = try await tool.run(["load", "--input", archive.string], in: folder)
            let name = ImageLoader.name(in: said) ?? reference.description
            context.listener.note(
                "loaded \(name.printable) (\(image.platform)) into \(tool.name); run it with: \(tool.name) run --rm \(name.printable)"
            )
        }
    }
}
