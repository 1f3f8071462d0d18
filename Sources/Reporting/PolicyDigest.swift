import Attestation
import Verification

/// The digest of a policy: as a report told it, or still to be made, for a person is not shown it.
enum PolicyDigest: Sendable {
    case told(String)
    case made(of: Policy)

    /// Sixty-four hexadecimal digits.
    var hexadecimal: String {
        switch self {
        case .told(let text): text
        case .made(let policy): Digest(of: policy).hexadecimal
        }
    }
}

extension PolicyDigest: Hashable {
    static func == (one: PolicyDigest, other: PolicyDigest) -> Bool { one.hexadecimal == other.hexadecimal }

    func hash(into hasher: inout Hasher) { hasher.combine(hexadecimal) }
}

extension PolicyDigest: Codable {
    init(from decoder: any Decoder) throws { self = .told(try decoder.singleValueContainer().decode(String.self)) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hexadecimal)
    }
}
