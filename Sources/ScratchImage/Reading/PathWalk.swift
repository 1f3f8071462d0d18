/// A walk along a path of an image: the folders passed, and the names still to go (path_resolution(7)).
struct PathWalk {
    private var rest: [ImageRoot.Name]
    /// How many of the names still to go are of the path itself, not of a link on the way.
    private var own: Int
    private var stack: [(name: ImageRoot.Name, node: Int)] = []
    private var links = 0
    private let budget: PathBudget
    /// Whether the last step was a name in the target of a link.
    private(set) var isInLink = false

    init(_ parts: [ImageRoot.Name], _ budget: PathBudget) {
        rest = parts.reversed()
        own = parts.count
        self.budget = budget
    }

    var current: Int { stack.last?.node ?? 0 }
    var path: String { "/" + stack.map { String(decoding: $0.name, as: UTF8.self) }.joined(separator: "/") }
    /// Whether a link was followed.
    var isThroughLink: Bool { links > 0 }

    /// The next name; nil at the end, and if the image's budget is exhausted.
    mutating func next() -> ImageRoot.Name? {
        guard !budget.isExhausted else { return nil }
        isInLink = rest.count > own
        own = min(own, max(0, rest.count - 1))
        return rest.popLast()
    }

    mutating func enter(_ name: ImageRoot.Name, _ node: Int) { stack.append((name, node)) }
    mutating func up() { _ = stack.popLast() }

    /// Continues with the target of a link; false after 40 links, the limit of Linux (path_resolution(7)).
    mutating func follow(_ target: String) -> Bool {
        links += 1
        guard links <= 40, rest.count < 4096 else { return false }
        if target.utf8.first == ImageRoot.slash { stack = [] }
        rest += budget.names(of: target).reversed()
        return true
    }
}
