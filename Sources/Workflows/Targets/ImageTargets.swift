import Attestation
import Files
public import ScratchImage
public import SystemPackage

/// An image as it was named: `oci:folder`, `docker-archive:file`, `docker://name`.
public struct ImageTarget: Sendable {
    /// The name as it was written.
    public let text: String
    /// Where the image is.
    public let place: Place

    /// Where an image is.
    public enum Place: Sendable {
        /// On this machine.
        case local(ImageSource)
        /// At a registry, under the name that follows `docker://`.
        case registry(String)
    }

    /// Names an image.
    public init(text: String, place: Place) {
        self.text = text
        self.place = place
    }
}

/// The words of a command line, divided into images and files.
public struct ImageTargets: Sendable {
    /// The words that name images.
    public let images: [ImageTarget]
    /// All other words, as they were written.
    let fileWords: [String]

    /// All other words, as paths.
    public var files: [FilePath] { fileWords.map { FilePath($0) } }

    /// Divides words. A file whose name looks like that of an image counts as a file.
    public init(_ words: [String]) {
        var images: [ImageTarget] = []
        var files: [String] = []
        for word in words {
            if word.hasPrefix("docker://") {
                images.append(ImageTarget(text: word, place: .registry(String(word.dropFirst(9)))))
            } else if !FilePath(word).exists,
                let source = ImageSource(word)
            {
                images.append(ImageTarget(text: word, place: .local(source)))
            } else {
                files.append(word)
            }
        }
        self.images = images
        fileWords = files
    }
}

extension ImageTarget {
    /// Gives the image to a body. An image of a registry is fetched into a temporary folder first.
    func withSource<Result>(
        isInsecure: Bool, in context: Context, _ body: (ImageSource) async throws -> Result
    ) async throws -> Result {
        switch place {
        case .local(let source): return try await body(source)
        case .registry(let name):
            return try await TemporaryPlace.with { folder in
                try await body(try await fetch(name, isInsecure: isInsecure, into: folder, in: context))
            }
        }
    }

    /// The summaries beside an image on this machine.
    var localSummaries: [StampDocument] {
        if case .local(let source) = place { ImageAttestation.documents(beside: source) } else { [] }
    }

    /// The stamps and summaries beside an image at its registry, by their tag and by the referrers API; none for images on this
    /// machine.
    ///
    /// - Parameter digest: The manifest or index that they are about.
    func stamps(of digest: String, isInsecure: Bool, in context: Context) async throws -> [StampDocument] {
        guard case .registry(let name) = place else { return [] }
        let repository = ImageTargets.repository(of: name)
        func stamps(at name: String) async throws -> [StampDocument] {
            try await TemporaryPlace.with { folder in
                let source: ImageSource
                do {
                    source = try await fetch(name, isInsecure: isInsecure, into: folder, in: context)
                } catch is ContextError {
                    // It does not exist, so there is nothing beside the image.
                    return []
                }
                return try source.stamps()
            }
        }
        var found = try await stamps(at: "\(repository):\(digest.replacing(":", with: "-"))")
        let referrers = try await TemporaryPlace.with { folder in
            try await ReferrersRequest(to: repository, isInsecure: isInsecure, in: folder, context)?.digests(of: digest)
                ?? []
        }
        for referrer in referrers {
            found += try await stamps(at: "\(repository)@\(referrer)").filter { !found.contains($0) }
        }
        return found
    }

    /// Copies an image of a registry into a layout in a folder.
    private func fetch(
        _ name: String, isInsecure: Bool, into folder: FilePath, in context: Context
    ) async throws -> ImageSource {
        let tool = try ForeignTool.first(of: ["skopeo"], for: text, in: context)
        let layout = folder.appending("layout")
        // skopeo takes a tag or a digest, and a digest says all.
        let digest = name.split(separator: "@", maxSplits: 1).dropFirst().first
        let name = digest.map { "\(ImageTargets.repository(of: name))@\($0)" } ?? name
        let end = context.listener.begin("fetching docker://\(name)")
        defer { end() }
        try await tool.run(
            ["copy", "--all"] + (isInsecure ? ["--src-tls-verify=false"] : [])
                + ["docker://\(name)", "oci:\(layout):fetched"], in: folder)
        return ImageSource(.layout, path: layout)
    }
}

extension ImageTargets {
    /// A name without tag and digest.
    fileprivate static func repository(of name: String) -> String {
        let name = name.split(separator: "@").first.map(String.init) ?? name
        return ImageReference(name)?.name ?? name
    }
}
