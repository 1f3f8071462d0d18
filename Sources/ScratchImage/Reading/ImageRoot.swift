/// The root that the layers of an image make, as a runtime would unpack them; nothing is written anywhere.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/layer.md
struct ImageRoot: Sendable {
    private var nodes: [Node] = [Node(kind: .folder([:]), mode: 0o755, user: 0, group: 0, layer: -1)]
    private var layer = -1
    /// Names in layers that lead out of the root.
    private(set) var climbingNames: [String] = []

    /// A file, folder or link.
    struct Node: Sendable {
        var kind: Kind
        var mode: UInt32
        var user: UInt32
        var group: UInt32
        var layer: Int

        enum Kind: Sendable {
            case folder([String: Int])
            case file(StoredBytes)
            case link(String)
            case special
        }

        /// Whether a user may do something with it: read (4), write (2), execute (1).
        func permits(_ bits: UInt32, user: UInt32?, group: UInt32?) -> Bool {
            if user == 0 { return bits != 1 || mode & 0o111 != 0 }
            let shift: UInt32 = user == self.user ? 6 : group == self.group ? 3 : 0
            return mode >> shift & bits == bits
        }
    }

    /// What a path leads to.
    struct Place: Sendable {
        /// Without links in it.
        let path: String
        let node: Node
    }

    /// Puts a layer on top.
    ///
    /// - Throws: `ImageError` for a hard link to nothing, where a runtime fails too.
    mutating func apply(_ archive: StoredBytes) throws {
        layer += 1
        var reader = TarReader(archive)
        while let member = try reader.next() {
            try Task.checkCancellation()
            try apply(member)
            guard nodes.count <= 2 * TarReader.maximumMembers else {
                throw ImageError("its layers hold too many files")
            }
        }
    }

    private mutating func apply(_ member: TarReader.Member) throws {
        let parts = inside(member.path)
        guard let name = parts.last else {
            if member.kind == .folder { nodes[0].mode = member.mode }
            return
        }
        let parent = try folder(at: parts.dropLast())
        if name.hasPrefix(".wh.") { return whiteOut(name, in: parent) }
        var node = Node(kind: .special, mode: member.mode, user: member.user, group: member.group, layer: layer)
        switch member.kind {
        case .folder:
            if let old = child(name, of: parent), case .folder = nodes[old].kind {
                node.kind = nodes[old].kind
                nodes[old] = node
                return
            }
            node.kind = .folder([:])
        case .file: node.kind = .file(member.content)
        case .symbolicLink(let target): node.kind = .link(target)
        case .hardLink(let target):
            let parts = inside(target)
            guard let last = parts.last, let linked = child(last, of: try folder(at: parts.dropLast(), isMaking: false))
            else { throw ImageError("the hard link \(member.path) names \(target), which is not there") }
            if case .folder = nodes[linked].kind { throw ImageError("the hard link \(member.path) names a folder") }
            return set(name, of: parent, to: linked)
        case .special: break
        }
        nodes.append(node)
        set(name, of: parent, to: nodes.count - 1)
    }

    /// The parts of a member's name, below the root; one that leads above it is noted.
    private mutating func inside(_ path: String) -> [String] {
        var parts: [String] = []
        var climbs = false
        for part in path.split(separator: "/") where part != "." {
            guard part == ".." else {
                parts.append(String(part))
                continue
            }
            if parts.popLast() == nil { climbs = true }
        }
        if climbs, climbingNames.count < 100 { climbingNames.append(path) }
        return parts
    }

    /// `.wh.name` hides a file of the layers below, `.wh..wh..opq` all that they have in the folder.
    private mutating func whiteOut(_ name: String, in parent: Int) {
        guard case .folder(var children) = nodes[parent].kind else { return }
        if name == ".wh..wh..opq" {
            children = children.filter { nodes[$0.value].layer == layer }
        } else if !name.hasPrefix(".wh..wh.") {
            let hidden = String(name.dropFirst(4))
            if let old = children[hidden], nodes[old].layer < layer { children[hidden] = nil }
        }
        nodes[parent].kind = .folder(children)
    }

    private func child(_ name: String, of folder: Int) -> Int? {
        guard case .folder(let children) = nodes[folder].kind else { return nil }
        return children[name]
    }

    private mutating func set(_ name: String, of folder: Int, to node: Int) {
        guard case .folder(var children) = nodes[folder].kind else { return }
        // Let go of the old value, so that the dictionary is changed in its place.
        nodes[folder].kind = .special
        children[name] = node
        nodes[folder].kind = .folder(children)
    }

    /// The folder at a path, through links; what is missing is made, and what is no folder gives way to one.
    private mutating func folder(at parts: some Collection<String>, isMaking: Bool = true) throws -> Int {
        var walk = Walk(Array(parts))
        while let step = walk.next() {
            guard step != ".." else {
                walk.up()
                continue
            }
            let next = child(step, of: walk.current)
            if let next, case .folder = nodes[next].kind {
                walk.enter(step, next)
            } else if let next, case .link(let target) = nodes[next].kind {
                guard walk.follow(target) else {
                    throw ImageError("the links in \(parts.joined(separator: "/")) have no end")
                }
            } else {
                guard isMaking else { throw ImageError("\(parts.joined(separator: "/")) is no folder") }
                nodes.append(Node(kind: .folder([:]), mode: 0o755, user: 0, group: 0, layer: layer))
                set(step, of: walk.current, to: nodes.count - 1)
                walk.enter(step, nodes.count - 1)
            }
        }
        return walk.current
    }

    /// What a path leads to, links followed as a kernel follows them in the container: `..` at the root stays there.
    ///
    /// - Parameter base: The folder that a relative path starts in.
    /// - Returns: nil where there is nothing.
    func place(at path: String, from base: String = "/") -> Place? {
        let whole = path.hasPrefix("/") ? path : base + "/" + path
        var walk = Walk(whole.split(separator: "/").map(String.init).filter { $0 != "." })
        while let step = walk.next() {
            guard step != ".." else {
                walk.up()
                continue
            }
            guard let next = child(step, of: walk.current) else { return nil }
            if case .link(let target) = nodes[next].kind {
                guard walk.follow(target) else { return nil }
            } else {
                walk.enter(step, next)
            }
        }
        return Place(path: walk.path, node: nodes[walk.current])
    }

    /// The names in a folder, sorted.
    func names(in path: String) -> [String] {
        guard let place = place(at: path), case .folder(let children) = place.node.kind else { return [] }
        return children.keys.sorted()
    }

    /// The way along a path: where it is, and what is still to go.
    private struct Walk {
        private var rest: [String]
        private var stack: [(name: String, node: Int)] = []
        private var links = 0

        init(_ parts: [String]) { rest = parts.reversed() }

        var current: Int { stack.last?.node ?? 0 }
        var path: String { "/" + stack.map(\.name).joined(separator: "/") }

        mutating func next() -> String? { rest.popLast() }
        mutating func enter(_ name: String, _ node: Int) { stack.append((name, node)) }
        mutating func up() { _ = stack.popLast() }

        /// Goes on with a link's target; false once there were too many, of which Linux allows forty (path_resolution(7)).
        mutating func follow(_ target: String) -> Bool {
            links += 1
            guard links <= 40, rest.count < 4096 else { return false }
            if target.hasPrefix("/") { stack = [] }
            rest += target.split(separator: "/").map(String.init).filter { $0 != "." }.reversed()
            return true
        }
    }
}
