import Files
import GoBinary
import GoToolchain
public import ScratchImage
import SystemPackage

/// Where an image is written, as skopeo and podman name it: `oci:folder`, `oci-archive:file`, `docker-archive:file`.
public struct ImageDestination: Sendable, Hashable {
    /// Layout, OCI archive or docker-archive.
    public let form: ImageSource.Form
    /// The folder or file; a relative path starts from the working folder.
    public let path: String

    /// The destination if none is named.
    public static let standard = ImageDestination(form: .layout, path: "image")

    private init(form: ImageSource.Form, path: String) {
        self.form = form
        self.path = path
    }

    /// Reads `form:path`.
    ///
    /// - Throws: For another form, and for a path with a colon: other tools take what is behind it for a tag.
    public init(_ text: String) throws(ImageDestinationError) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let form = ImageSource.Form(rawValue: parts[0]),
            parts[1] != "-"
        else { throw .form(text) }
        guard !parts[1].contains(":") else { throw .colon(form.rawValue, parts[1]) }
        self.init(form: form, path: parts[1])
    }

    /// Checks that the image can be written, without writing it.
    func checkPlace(in context: Context) throws(UnusableOutput) {
        let path = place(in: context)
        // The archive is renamed to this path, which would lose what is there.
        guard form == .layout || !path.exists || path.isFile || path.isFolder else {
            throw .special("\(form.rawValue):\(self.path)")
        }
        // A layout is a folder, and its files say what can be known of it.
        try UnusableOutput.check(
            form == .layout ? path.appending("index.json") : path, shown: "\(form.rawValue):\(self.path)")
    }

    /// Writes an image.
    ///
    /// - Parameter uncompressed: The same image without compression, which a docker-archive needs; nil if `image` is it.
    func write(_ image: Image, uncompressed: Image?, as reference: ImageReference, in context: Context) throws {
        let path = place(in: context)
        switch form {
        case .layout: try ImageLayout.write(image, as: reference, to: path)
        case .archive: try ImageArchive.writeOCI(image, as: reference, to: path)
        case .docker:
            let one = try ImageDestination.platform(of: (uncompressed ?? image).platforms)
            try ImageArchive.writeDocker(one, as: reference, to: path)
        }
    }

    /// Where the folder or file is.
    func place(in context: Context) -> FilePath {
        context.folder.pushing(FilePath(path)).lexicallyNormalized()
    }

    /// The one image that a docker-archive can hold: the only one, or the one for this machine.
    static func platform(of images: [PlatformImage]) throws(ImageRunError) -> PlatformImage {
        if images.count == 1 { return images[0] }
        let own = HostMachine.goarch
        guard let image = images.first(where: { $0.platform.goarch == own }) else {
            throw .severalPlatforms(images.map(\.platform.description))
        }
        return image
    }
}

/// Why an image cannot be written to what a text names.
public enum ImageDestinationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text does not have the form `form:path`.
    case form(String)
    /// The path has a colon.
    case colon(_ form: String, String)

    /// What is wrong, and what to write instead.
    public var description: String {
        switch self {
        case .form(let text): "'\(text)': write oci:FOLDER, oci-archive:FILE or docker-archive:FILE"
        case .colon(let form, let path):
            "'\(path)': skopeo and podman cannot open a path with a colon: write \(form):\(path.prefix { $0 != ":" }), and name the "
                + "image with --tag NAME:TAG"
        }
    }
}
