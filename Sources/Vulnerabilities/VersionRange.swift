import GoBinary

/// The versions of a module that an advisory affects.
struct VersionRange: Decodable, Sendable {
    let type: String
    let events: [Event]?

    /// The version from which on, or up to which, a module is affected.
    struct Event: Decodable, Sendable {
        let introduced: String?
        let fixed: String?

        /// Whether it is one of the two kinds, with a version that can be compared.
        var isUnderstood: Bool {
            switch (introduced, fixed) {
            case ("0", nil): true
            case (let version?, nil), (nil, let version?): SemanticVersion(version) != nil
            default: false
            }
        }
    }

    private enum CodingKeys: String, CodingKey { case type, events }

    /// Reads a range.
    ///
    /// - Throws: For an event that is not understood, such as OSV's `last_affected`, which this database does not have: leaving it out
    ///   would make versions seem to be unaffected.
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        type = try values.decode(String.self, forKey: .type)
        events = try values.decodeIfPresent([Event].self, forKey: .events)
        guard isSemantic, let odd = events?.first(where: { !$0.isUnderstood }) else { return }
        throw DecodingError.dataCorruptedError(
            forKey: .events, in: values, debugDescription: "\(odd) is not an event with a semantic version")
    }

    /// A boundary between affected and other versions.
    private struct Boundary {
        /// nil for the beginning of time.
        let version: SemanticVersion?
        let isFix: Bool
    }

    /// Only semantic versions are compared, like govulncheck does it.
    var isSemantic: Bool { type == "SEMVER" }

    /// Whether it contains a version. The events may be in any order.
    func contains(_ version: SemanticVersion) -> Bool {
        let events = events ?? []
        guard !events.isEmpty else { return true }
        var isAffected = false
        for boundary in VersionRange.boundaries(events) {
            let isReached = boundary.version.map { $0 <= version } ?? true
            if !isAffected, !boundary.isFix {
                isAffected = isReached
            } else if isAffected, boundary.isFix, isReached {
                isAffected = false
            }
        }
        return isAffected
    }

    /// The boundaries, oldest first.
    private static func boundaries(_ events: [Event]) -> [Boundary] {
        let boundaries: [Boundary] = events.compactMap { event in
            if event.introduced == "0" { return Boundary(version: nil, isFix: false) }
            guard let text = event.fixed ?? event.introduced, let version = SemanticVersion(text) else { return nil }
            return Boundary(version: version, isFix: event.fixed != nil)
        }
        return boundaries.sorted { one, other in
            guard let left = one.version else { return other.version != nil }
            guard let right = other.version else { return false }
            return left < right
        }
    }
}

extension [VersionRange] {
    /// Whether a version is affected. Without ranges of semantic versions every version is.
    func affect(_ version: SemanticVersion) -> Bool {
        let semantic = filter(\.isSemantic)
        return semantic.isEmpty || semantic.contains { $0.contains(version) }
    }

    /// The first fix after a version that is not affected again; nil if there is none.
    func firstFix(after version: SemanticVersion?) -> String? {
        let fixes = filter(\.isSemantic).flatMap { $0.events ?? [] }.compactMap(\.fixed).compactMap { text in
            SemanticVersion(text).map { (text, $0) }
        }
        return fixes.sorted { $0.1 < $1.1 }.first { fix in
            (version.map { $0 < fix.1 } ?? true) && !filter(\.isSemantic).contains { $0.contains(fix.1) }
        }?.0
    }
}
