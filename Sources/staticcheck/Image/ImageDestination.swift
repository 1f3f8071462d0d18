import ArgumentParser
import Attestation
import Files
import GoBinary
import GoToolchain
import ScratchImage
import SystemPackage

/// Where an image goes, in the words of skopeo and podman: `oci:folder`, `oci-archive:file`, `docker-archive:file`.
struct ImageDestination: ExpressibleByArgument, Sendable {
    let form: ImageSource.Form
    let path: String

    static let standard = ImageDestination(form: .layout, path: "image")

    private init(form: ImageSource.Form, path: String) {
        self.form = form
        self.path = path
    }

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let form = ImageSource.Form(rawValue: parts[0]) else { return nil }
        self.init(form: form, path: parts[1])
    }

    /// Writes the image.
    ///
    /// - Parameter uncompressed: The image with layers as they are; where one is written that must be so.
    func write(
        _ image: Image, uncompressed: Image?, as reference: ImageReference, from folder: FilePath
    ) throws {
        let path = folder.pushing(FilePath(path)).lexicallyNormalized()
        try Folder.create(path.removingLastComponent())
        switch form {
        case .layout: try ImageLayout.write(image, as: reference, to: path)
        case .archive: try ImageArchive.writeOCI(image, as: reference, to: path)
        case .docker:
            let one = try ImageDestination.platform(of: (uncompressed ?? image).platforms)
            try ImageArchive.writeDocker(one, as: reference, to: path)
        }
    }

    /// The one image that a docker-archive has room for: the only one, or the one for this machine.
    static func platform(of images: [PlatformImage]) throws -> PlatformImage {
        if images.count == 1 { return images[0] }
        let own = HostMachine.goarch
        guard let image = images.first(where: { $0.platform.goarch == own }) else {
            throw ImageMakingError.noPlatformForDocker(images.map(\.platform))
        }
        return image
    }
}
