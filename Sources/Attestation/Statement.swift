/// An in-toto statement, version 1: a claim about files, known by their digests.
///
/// Source: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
public struct Statement<Predicate: Codable & Sendable>: Codable, Sendable {
    /// `_type`, always `https://in-toto.io/Statement/v1`.
    public let type: String
    /// What the statement is about.
    public let subject: [ResourceDescriptor]
    /// The URI that says how to read the predicate.
    public let predicateType: String
    /// The claim.
    public let predicate: Predicate

    /// Makes a statement.
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

/// A file or document, by name and digest.
///
/// Source: https://github.com/in-toto/attestation/blob/main/spec/v1/resource_descriptor.md
public struct ResourceDescriptor: Codable, Sendable, Hashable {
    /// A name, unique in its statement.
    public let name: String?
    /// Where it is described.
    public let uri: String?
    /// Digests by algorithm; here always `sha256`.
    public let digest: [String: String]

    /// Makes a descriptor.
    public init(name: String? = nil, uri: String? = nil, digest: Digest) {
        self.name = name
        self.uri = uri
        self.digest = ["sha256": digest.hexadecimal]
    }
}
