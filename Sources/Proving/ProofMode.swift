/// How far a file is taken to prove that it starts.
public enum ProofMode: Sendable, Hashable {
    /// The kernel loads it; nothing of it runs.
    case start
    /// It runs with arguments.
    case run([String])
}
