/// How much a finding weighs.
public enum Level: String, Sendable, Hashable, Codable, CaseIterable {
    /// The file will not start in an empty root, or is not what was asked for.
    case error
    /// It starts, and may fail later there.
    case warning
    /// Worth knowing.
    case note
}
