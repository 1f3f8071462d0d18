import Attestation

/// The answer of a registry's referrers API
/// (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers).
public enum Referrers {
    /// The most artifacts that are fetched.
    private static let limit = 32

    /// The digests of the artifacts that may be summaries or stamps, `sha256:…`; empty for anything but a list.
    public static func stamps(in answer: [UInt8]) -> [String] {
        guard let index = ImageJSON.value(ImageIndex.self, of: answer) else { return [] }
        return index.manifests.filter { descriptor in
            let type = descriptor.artifactType ?? ""
            return descriptor.sha256 != nil && descriptor.mediaType.isManifest
                && (type.hasPrefix(StampFile.bundlePrefix) || type == MediaType.stamp(.signed).rawValue)
        }.prefix(limit).map(\.digest)
    }
}
