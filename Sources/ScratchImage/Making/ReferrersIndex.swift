import Attestation
import FoundationEssentials

/// The list of artifacts under the tag `sha256-…` of an image, to which other tools add entries too.
///
/// Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
public struct ReferrersIndex: Sendable {
    /// The document.
    public let bytes: [UInt8]
    /// Whether it is the one that was there.
    public let isUnchanged: Bool
    /// Whether it has entries of others that say a type of artifact.
    public let hasTypesOfOthers: Bool

    /// Adds artifacts to a list. What others wrote is kept as it is, also what this program does not know.
    ///
    /// - Parameter existing: The list at the registry; nil if there is none.
    /// - Throws: `ReferrersIndexError` if there is something else under the tag.
    public init(adding artifacts: ImageArtifacts, to existing: [UInt8]?) throws {
        let own = artifacts.artifacts.map(\.descriptor)
        guard let existing else {
            bytes = try ImageJSON.bytes(of: ImageIndex(manifests: own))
            (isUnchanged, hasTypesOfOthers) = (false, false)
            return
        }
        guard ImageJSON.value(ImageIndex.self, of: existing)?.mediaType?.isIndex ?? false,
            let document = try? JSONDecoder().decode(JSONValue.self, from: Data(existing)),
            case .object(var members) = document, case .list(let entries)? = members["manifests"]
        else { throw ReferrersIndexError.notAnIndex(tag: artifacts.tag) }
        let known = Set(entries.compactMap { $0["digest"] })
        let missing = own.filter { !known.contains(.text($0.digest)) }
        hasTypesOfOthers = entries.contains { $0["artifactType"] != nil }
        isUnchanged = missing.isEmpty
        guard !isUnchanged else {
            bytes = existing
            return
        }
        members["manifests"] = .list(try entries + missing.map { try JSONValue(of: $0) })
        bytes = try ImageJSON.bytes(of: JSONValue.object(members))
    }
}

/// Why artifacts cannot be listed.
public enum ReferrersIndexError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is under the tag is not an index.
    case notAnIndex(tag: String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .notAnIndex(let tag):
            "the tag \(tag) at the registry is not a list of artifacts, and is left as it is: remove it, or push to another name"
        }
    }
}

extension JSONValue {
    /// A descriptor as a value.
    fileprivate init(of descriptor: Descriptor) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: Data(ImageJSON.bytes(of: descriptor)))
    }
}
