import Text

/// The digests of an image, and the name that it is known by.
public struct AttestedImage: Sendable {
    /// The registry and the repository: `registry.example.com/team/app`.
    public let repository: String
    /// The tag.
    public let tag: String
    /// The digest of the index.
    public let index: Digest
    /// The manifest of each platform, by the platform's name in the index.
    public let manifests: [(platform: String, digest: Digest)]

    /// Names an image.
    public init(
        repository: String, tag: String, index: Digest, manifests: [(platform: String, digest: Digest)]
    ) {
        self.repository = repository
        self.tag = tag
        self.index = index
        self.manifests = manifests
    }

    /// The subjects of a statement about the image: the index, then the manifests. Clients find a statement by either.
    var subjects: [ResourceDescriptor] {
        [ResourceDescriptor(name: "\(repository):\(tag)", digest: index)]
            + manifests.map { ResourceDescriptor(name: $0.platform, digest: $0.digest) }
    }

    /// The package URL. SLSA asks for the URI from which consumers fetch the resource, and this one names the registry.
    ///
    /// Source: https://github.com/package-url/purl-spec/blob/main/types/oci-definition.json
    var resourceUri: String {
        let parts = repository.split(separator: "/").map(String.init)
        let name = (parts.last ?? repository).lowercased().percentEncoded(keeping: "-._~")
        let place = parts.count > 1 ? "repository_url=\(repository.percentEncoded(keeping: "-._~/"))&" : ""
        return "pkg:oci/\(name)@sha256%3A\(index)?\(place)tag=\(tag.percentEncoded(keeping: "-._~"))"
    }
}
