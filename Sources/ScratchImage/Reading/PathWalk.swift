/// A walk along a path of an image: the folders passed, and the names still to go (path_resolution(7)).
struct PathWalk {
    private var rest: [ImageRoot.Name]
    private var stack: [(name: ImageRoot.Name, node: Int)] = []
    private var links = 0

    init(_ parts: [ImageRoot.Name]) { rest = parts.reversed() }

    var current: Int { stack.last?.node ?? 0 }
    var path: String { "/" + stack.map { String(decoding: $0.name, as: UTF8.self) }.joined(separator: "/") }

    mutating func next() -> ImageRoot.Name? { rest.popLast() }
    mutating func enter(_ name: ImageRoot.Name, _ node: Int) { stack.append((name, node)) }
    mutating func up() { _ = stack.popLast() }

    /// Continues with the target of a link; false after 40 links, the limit of Linux (path_resolution(7)).
    mutating func follow(_ target: String) -> Bool {
        links += 1
        guard links <= 40, rest.count < 4096 else { return false }
        if target.utf8.first == ImageRoot.slash { stack = [] }
        rest += ImageRoot.names(of: target).reversed()
        return true
    }
}
