import Synchronization

/// The environment variables that hold private keys, and the memory that keys are read into.
///
/// All copies of a context share one value of this class: a variable that is taken from one is gone from all, so that no child
/// process inherits it.
public final class Secrets: Sendable {
    private let names = Mutex<Set<String>>([])
    private let forget: @Sendable (String) -> Void
    private let seal: @Sendable () -> Void

    /// Makes an empty set.
    ///
    /// - Parameters:
    ///   - forget: Removes a variable from the environment of this process.
    ///   - seal: Keeps other processes from reading the memory of this one. Called before a key is read.
    public init(forget: @escaping @Sendable (String) -> Void = { _ in }, seal: @escaping @Sendable () -> Void = {}) {
        self.forget = forget
        self.seal = seal
    }

    /// Hides a variable from children.
    func hide(_ name: String) {
        guard names.withLock({ $0.insert(name).inserted }) else { return }
        seal()
        forget(name)
    }

    /// Prepares for a key in memory.
    func sealMemory() { seal() }

    /// An environment without the hidden variables.
    func without(_ environment: [String: String]) -> [String: String] {
        let hidden = names.withLock { $0 }
        return hidden.isEmpty ? environment : environment.filter { !hidden.contains($0.key) }
    }
}
