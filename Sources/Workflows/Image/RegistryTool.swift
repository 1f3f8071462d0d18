import Files
import ScratchImage
import SystemPackage

/// A tool that pushes to registries, with its own credentials.
struct RegistryTool: Sendable {
    private let tool: ForeignTool
    /// The registry and the repository.
    private let repository: String
    private let isInsecure: Bool
    /// A folder for layouts, which are what the tools push.
    private let folder: FilePath

    init(for repository: String, isInsecure: Bool, in folder: FilePath, _ context: Context) throws(ContextError) {
        tool = try ForeignTool.first(of: ["skopeo", "crane", "oras"], for: "--push", in: context)
        self.repository = repository
        self.isInsecure = isInsecure
        self.folder = folder
    }

    /// Pushes an image under a tag.
    func push(_ image: Image, as reference: ImageReference) async throws {
        let layout = folder.appending("image")
        try ImageLayout.write(image, as: reference, to: layout)
        try await copy(layout, tag: reference.tag, to: ":\(reference.tag)", isIndex: true)
    }

    /// Pushes artifacts, so that clients find them by the referrers API or by their tag. Entries of others under that tag stay.
    ///
    /// crane and oras add to the tag by themselves, at registries that have no referrers API; skopeo does not.
    func push(_ artifacts: ImageArtifacts) async throws {
        for (index, artifact) in artifacts.artifacts.enumerated() {
            let layout = folder.appending("\(artifacts.tag)-\(index)")
            try ImageLayout.write(artifact, tag: "artifact", to: layout)
            try await copy(layout, tag: "artifact", to: "@\(artifact.digest)", isIndex: false)
        }
        guard tool.name == "skopeo" else { return }
        let list = try ReferrersIndex(adding: artifacts, to: try await list(under: artifacts.tag))
        guard !list.isUnchanged else { return }
        let layout = folder.appending("\(artifacts.tag)-list")
        try ImageLayout.write(list, tag: artifacts.tag, to: layout)
        try await push(list, in: layout, tag: artifacts.tag)
    }

    private func copy(_ layout: FilePath, tag: String, to place: String, isIndex: Bool) async throws {
        let target = repository + place
        let arguments =
            switch tool.name {
            case "crane":
                ["push"] + (isIndex ? ["--index"] : []) + (isInsecure ? ["--insecure"] : []) + [layout.string, target]
            case "oras":
                ["cp", "--from-oci-layout"] + (isInsecure ? ["--to-plain-http"] : []) + ["\(layout):\(tag)", target]
            default:
                ["copy", "--all", "--preserve-digests"] + (isInsecure ? ["--dest-tls-verify=false"] : [])
                    + ["oci:\(layout):\(tag)", "docker://\(target)"]
            }
        try await tool.run(arguments, in: folder)
    }

    /// Pushes a list with skopeo. Releases before 1.16 drop the types of the artifacts, which clients can do without in a new
    /// list, but which are not taken from the entries of others.
    private func push(_ list: ReferrersIndex, in layout: FilePath, tag: String) async throws {
        func arguments(_ options: [String]) -> [String] {
            ["copy", "--multi-arch", "index-only"] + options + (isInsecure ? ["--dest-tls-verify=false"] : [])
                + ["oci:\(layout):\(tag)", "docker://\(repository):\(tag)"]
        }
        do {
            try await tool.run(arguments(["--preserve-digests"]), in: folder)
        } catch ContextError.toolFailed(let name, let words, let output) {
            guard output.contains("preserve digests") else {
                throw ContextError.toolFailed(name, arguments: words, output: output)
            }
            guard !list.hasTypesOfOthers else { throw ImagePushError.losesTypes(tag: tag, repository: repository) }
            try await tool.run(arguments([]), in: folder)
        }
    }

    /// The list that is at the registry; nil if there is none.
    private func list(under tag: String) async throws -> [UInt8]? {
        let options = isInsecure ? ["--tls-verify=false"] : []
        do {
            let text = try await tool.run(
                ["inspect", "--raw"] + options + ["docker://\(repository):\(tag)"], in: folder)
            return Array(text.utf8)
        } catch ContextError.toolFailed(let name, let arguments, let output) {
            // A registry that cannot be reached must not look like one without a list, which would be replaced.
            let isMissing = ["manifest unknown", "name unknown", "not found", "404"].contains {
                output.lowercased().contains($0)
            }
            guard isMissing else { throw ContextError.toolFailed(name, arguments: arguments, output: output) }
            return nil
        }
    }
}

/// Why what belongs to an image is not pushed.
public enum ImagePushError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The tool would take the types from the entries of others.
    case losesTypes(tag: String, repository: String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .losesTypes(let tag, let repository):
            "the tag \(tag) of \(repository) has entries of other tools, whose artifactType this skopeo would drop, so nothing is "
                + "added to it: install skopeo 1.16 or newer, or crane or oras"
        }
    }
}
