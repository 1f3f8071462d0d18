public import Attestation
import Files
import GoBinary
public import SystemPackage

/// A place of images that others made, named as skopeo names it (containers-transports(5)): `oci:folder[:tag]`,
/// `oci-archive:file[:tag]`, `docker-archive:file`.
public struct ImageSource: Sendable, Hashable {
    /// The kinds of places.
    public enum Form: String, Sendable, CaseIterable {
        /// A folder, an OCI image layout.
        case layout = "oci"
        /// A layout in a tar archive.
        case archive = "oci-archive"
        /// A tar archive as `docker save` writes it.
        case docker = "docker-archive"
    }

    /// The kind of place.
    public let form: Form
    /// The folder or file.
    public let path: FilePath
    /// The name of the image if there are several.
    let tag: String?

    /// Makes a source of its parts.
    public init(_ form: Form, path: FilePath, tag: String? = nil) {
        self.form = form
        self.path = path
        self.tag = tag
    }

    /// Reads a source; nil if the text does not begin with a form.
    ///
    /// The path ends at the next colon, also if a file has a colon in its name: skopeo and podman would open another one
    /// (containers-transports(5)).
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, let form = Form(rawValue: parts[0]), !parts[1].isEmpty else { return nil }
        self.init(form, path: FilePath(parts[1]), tag: parts.count > 2 ? parts[2] : nil)
    }

    /// What is known of one image before its layers are read.
    public struct Entry: Sendable {
        /// The platform in the index; if it has none, the one in the configuration.
        public let platform: ImagePlatform
        /// The digest of the manifest; of the configuration if there is no manifest.
        public let digest: String
        /// The digests of the indexes that name it, from the outermost on; the index of a layout is not among them.
        public internal(set) var indexes: [String] = []
        /// Whether neither the index nor the configuration says that it is for Linux.
        public var isForAnotherSystem: Bool { platform.os != "linux" && configuration.os != "linux" }
        let configuration: ImageConfiguration
        let layers: [(file: StoredBytes, digest: Digest?, diffID: String?)]

        init(
            _ named: ImagePlatform?, digest: String, configuration: ImageConfiguration,
            layers: [(file: StoredBytes, digest: Digest?, diffID: String?)]
        ) {
            platform = named.map { $0.completed(by: configuration.platform) } ?? configuration.platform
            self.digest = digest
            self.configuration = configuration
            self.layers = layers
        }

        /// How the index and the configuration contradict each other about the platform; nil if they agree. Many tools leave
        /// the variant out of the configuration.
        var contradiction: String? {
            let own = configuration.platform
            guard platform.normalized != own.completed(by: platform).normalized else { return nil }
            return "the index says \(platform.text), the configuration \(own.text)"
        }
    }

    /// What an image holds.
    public struct Contents: Sendable {
        /// The images of all platforms that are there.
        public internal(set) var entries: [Entry] = []
        /// What the index names and is not there: platforms, or digests. `docker save` writes only what was pulled.
        public internal(set) var absent: [String] = []

        /// Makes contents of their parts.
        public init(entries: [Entry] = [], absent: [String] = []) {
            self.entries = entries
            self.absent = absent
        }
    }

    /// The images of all platforms.
    ///
    /// - Throws: `ImageReadingError` for anything that is not an image, or a damaged one, or if nothing is there.
    public func contents() throws -> Contents {
        try ImageReadingError.naming {
            switch form {
            case .docker: try Contents(entries: DockerArchive(ImageStore(archive: path), tag: tag).entries())
            case .archive: try ImageIndexWalk(ImageStore(archive: path), tag: tag).contents()
            case .layout: try ImageIndexWalk(ImageStore(folder: path), tag: tag).contents()
            }
        }
    }

    /// The images of all platforms that are there.
    ///
    /// - Throws: `ImageReadingError`.
    public func entries() throws -> [Entry] { try contents().entries }

    /// The stamps in a layout that holds the artifacts of an image.
    ///
    /// - Throws: `ImageReadingError`.
    public func stamps() throws -> [StampDocument] {
        try ImageReadingError.naming { try storedStamps() }
    }

    private func storedStamps() throws -> [StampDocument] {
        let store = try ImageStore(folder: path)
        var stamps: [StampDocument] = []
        for top in try store.document(ImageIndex.self, named: "index.json").manifests {
            let list = top.mediaType.isIndex ? try store.document(ImageIndex.self, top).manifests : [top]
            for descriptor in list where descriptor.mediaType.isManifest {
                for layer in try store.document(ImageManifest.self, descriptor).layers {
                    guard let kind = StampFile.allCases.first(where: { layer.mediaType == .stamp($0) }) else {
                        continue
                    }
                    let bytes = try store.blob(layer).all(limit: 1 << 20)
                    if Digest(of: bytes) == layer.sha256 { stamps.append(StampDocument(kind: kind, bytes: bytes)) }
                }
            }
        }
        return stamps
    }
}

extension ImageConfiguration {
    var platform: ImagePlatform { ImagePlatform(os: os, architecture: architecture, variant: variant) }
}
