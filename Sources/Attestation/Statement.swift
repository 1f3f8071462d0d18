/// An in-toto statement, version 1: a claim about files, which are identified by their digests.
///
/// Source: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
public struct Statement<Predicate: Codable & Sendable>: Codable, Sendable {
    /// `_type`, always `https://in-toto.io/Statement/v1`.
    public let type: String
    /// The files that the claim is about.
    public let subject: [ResourceDescriptor]
    /// The URI of the predicate's format.
    public let predicateType: String
    /// The claim.
    public let predicate: Predicate

    /// Makes a statement of version 1.
    public init(subject: [ResourceDescriptor], predicateType: String, predicate: Predicate) {
        self.type = StatementHead.version
        self.subject = subject
        self.predicateType = predicateType
        self.predicate = predicate
    }

    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject, predicateType, predicate
    }
}

/// The fields of a statement that say how to read the others.
struct StatementHead: Decodable {
    static let version = "https://in-toto.io/Statement/v1"
    /// Also the older version, which cosign writes for predicates that it does not know. Its fields are the same.
    static let versionsOfImages: Set = [version, "https://in-toto.io/Statement/v0.1"]

    let type: String
    let predicateType: String

    enum CodingKeys: String, CodingKey {
        case type = "_type"
        case predicateType
    }

    /// The keys of a statement with a verification summary.
    static let shape = JSONShape.keys("_type", "predicateType").with([
        "subject": .list(ResourceDescriptor.shape), "predicate": VerificationSummary.shape,
    ])
}

/// A file or document, identified by name or URI and by digest.
///
/// Source: https://github.com/in-toto/attestation/blob/main/spec/v1/resource_descriptor.md
public struct ResourceDescriptor: Codable, Sendable, Hashable {
    /// The file's name, unique in its statement.
    public let name: String?
    /// The URI of a document.
    public let uri: String?
    /// Digests by algorithm. This program writes and reads `sha256` only.
    public let digest: [String: String]

    /// Describes something by its SHA-256 digest.
    public init(name: String? = nil, uri: String? = nil, digest: Digest) {
        self.name = name
        self.uri = uri
        self.digest = ["sha256": digest.hexadecimal]
    }

    static let shape = JSONShape.keys("name", "uri", "content", "downloadLocation", "mediaType").with([
        "digest": .map(.any), "annotations": .map(.any),
    ])

    /// The SHA-256 digest; nil if it is missing or malformed.
    var sha256: Digest? { digest["sha256"].flatMap(Digest.init(hexadecimal:)) }
}
