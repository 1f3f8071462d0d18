/// How much was proved of a program by starting it. Each level includes those before it.
public enum ProofLevel: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing was proved.
    case none
    /// The kernel loaded it.
    case start
    /// It ran.
    case run
}

extension ProofLevel: Comparable {
    /// Compares two levels.
    public static func < (first: ProofLevel, second: ProofLevel) -> Bool { first.order < second.order }

    private var order: Int { ProofLevel.allCases.firstIndex(of: self) ?? 0 }
}

extension Proof.Outcome {
    /// The level that this outcome reaches.
    public var level: ProofLevel {
        switch self {
        case .started: .start
        case .ran, .stillRunning, .answered: .run
        case .unanswered, .refused, .failed, .notProved: .none
        }
    }
}
