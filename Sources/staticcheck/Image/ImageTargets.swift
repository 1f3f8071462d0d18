import Attestation
import Files
import ScratchImage
import SystemPackage

/// The words of a command line that name images, and those that name files.
struct ImageTargets: Sendable {
    let images: [Target]
    let files: [FilePath]

    /// An image as it was named.
    struct Target: Sendable {
        let text: String
        let place: Place

        enum Place: Sendable {
            case local(ImageSource)
            /// What follows `docker://`.
            case registry(String)
        }
    }

    init(_ words: [String]) {
        var images: [Target] = []
        var files: [FilePath] = []
        for word in words {
            if word.hasPrefix("docker://") {
                images.append(Target(text: word, place: .registry(String(word.dropFirst(9)))))
            } else if !FilePath(word).exists,
                let source = ImageSource(word, exists: { FilePath($0).exists })
            {
                images.append(Target(text: word, place: .local(source)))
            } else {
                files.append(FilePath(word))
            }
        }
        self.images = images
        self.files = files
    }
}

extension ImageTargets.Target {
    /// Works on the image, which for a registry's is in a folder of its own meanwhile.
    func withSource<Result>(
        isInsecure: Bool, _ body: (ImageSource) async throws -> Result
    ) async throws -> Result {
        switch place {
        case .local(let source): return try await body(source)
        case .registry(let name):
            return try await TemporaryPlace.with { folder in
                try await body(try await fetch(name, isInsecure: isInsecure, into: folder))
            }
        }
    }

    /// The stamps that lie beside an image at its registry; none for images that lie here.
    func stamps(of digest: String, isInsecure: Bool) async throws -> [StampDocument] {
        guard case .registry(let name) = place else { return [] }
        let tag = digest.replacing(":", with: "-")
        return try await TemporaryPlace.with { folder in
            let source: ImageSource
            do {
                source = try await fetch(
                    "\(ImageTargets.repository(of: name)):\(tag)", isInsecure: isInsecure, into: folder)
            } catch is ForeignTool.Failure {
                // There is no such tag: nobody has put anything beside the image.
                return []
            }
            return try source.stamps()
        }
    }

    /// Copies what a registry has under a name into a layout in a folder.
    private func fetch(_ name: String, isInsecure: Bool, into folder: FilePath) async throws -> ImageSource {
        let tool = try ForeignTool.first(of: ["skopeo"], for: text)
        let layout = folder.appending("layout")
        try await tool.run(
            ["copy", "--all"] + (isInsecure ? ["--src-tls-verify=false"] : [])
                + ["docker://\(name)", "oci:\(layout):fetched"], in: folder)
        return ImageSource(.layout, path: layout)
    }
}

extension ImageTargets {
    /// A name without its tag and digest.
    fileprivate static func repository(of name: String) -> String {
        let name = name.split(separator: "@").first.map(String.init) ?? name
        return ImageReference(name)?.name ?? name
    }
}
