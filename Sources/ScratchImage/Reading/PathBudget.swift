import Synchronization

/// How many steps all paths of one image may take. A small image can hold links that lead along millions of names.
final class PathBudget: Sendable {
    private let left: Atomic<Int>

    /// Enough for half a million files in deep folders, and a second's work at most.
    static let steps = 8_000_000

    init(_ steps: Int = PathBudget.steps) { left = Atomic(steps) }

    /// Whether more steps were asked for than there are. Paths lead nowhere from then on.
    var isExhausted: Bool { left.load(ordering: .relaxed) < 0 }

    /// The names of a path, without empty ones and `.`, which are paid for here.
    func names(of path: String) -> [ImageRoot.Name] {
        let names = ImageRoot.names(of: path)
        pay(names.count + path.utf8.count / 32)
        return names
    }

    /// Takes steps off.
    func pay(_ steps: Int) { left.subtract(steps, ordering: .relaxed) }
}
