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
            case folder([Name: Int])
            case file(StoredBytes)
            case link(String)
            case special
        }

        /// Whether a user may do something with it: read (4), write (2), execute (1).
        func permits(_ bits: UInt32, to identity: Identity) -> Bool {
            if identity.user == 0 { return bits != 1 || mode & 0o111 != 0 }
            let shift: UInt32 = identity.user == user ? 6 : identity.group == group ? 3 : 0
            return mode >> shift & bits == bits
        }
    }

    /// A name in a folder, byte for byte: two spellings that are the same text to Swift are two files to Linux.
    typealias Name = [UInt8]

    private static let slash = UInt8(ascii: "/")
    private static let dot: Name = [UInt8(ascii: ".")]
    private static let up: Name = Array("..".utf8)

    private static func names(of path: String) -> [Name] { path.utf8.split(separator: slash).map(Array.init) }

    /// As whom a path is walked along.
    struct Identity: Sendable {
        let user: UInt32?
        let group: UInt32?
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
        if name.starts(with: ImageRoot.whiteout) { return whiteOut(name, in: parent) }
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
    private mutating func inside(_ path: String) -> [Name] {
        var parts: [Name] = []
        var climbs = false
        for part in ImageRoot.names(of: path) where part != ImageRoot.dot {
            guard part == ImageRoot.up else {
                parts.append(part)
                continue
            }
            if parts.popLast() == nil { climbs = true }
        }
        if climbs, climbingNames.count < 100 { climbingNames.append(path) }
        return parts
    }

    private static let whiteout = Array(".wh.".utf8)
    private static let opaque = Array(".wh..wh..opq".utf8)
    private static let reserved = Array(".wh..wh.".utf8)

    /// `.wh.name` hides a file of the layers below, `.wh..wh..opq` all that they have in the folder.
    private mutating func whiteOut(_ name: Name, in parent: Int) {
        if name == ImageRoot.opaque { return purge(parent) }
        guard !name.starts(with: ImageRoot.reserved) else { return }
        let hidden = Array(name.dropFirst(ImageRoot.whiteout.count))
        guard let old = child(hidden, of: parent) else { return }
        if nodes[old].layer < layer { change(parent) { $0[hidden] = nil } } else { purge(old) }
    }

    /// Takes out what the layers below have in a folder, and in those of its folders that this layer has named anew.
    private mutating func purge(_ folder: Int) {
        var waiting = [folder]
        while let next = waiting.popLast() {
            guard case .folder(var children) = nodes[next].kind else { continue }
            children = children.filter { nodes[$0.value].layer == layer }
            nodes[next].kind = .folder(children)
            waiting += children.values
        }
    }

    /// Changes the children of a folder in their place; nothing for what is no folder.
    private mutating func change(_ folder: Int, _ body: (inout [Name: Int]) -> Void) {
        guard case .folder(var children) = nodes[folder].kind else { return }
        // Let go of the old value, so that the dictionary is not copied.
        nodes[folder].kind = .special
        body(&children)
        nodes[folder].kind = .folder(children)
    }

    private func child(_ name: Name, of folder: Int) -> Int? {
        guard case .folder(let children) = nodes[folder].kind else { return nil }
        return children[name]
    }

    private mutating func set(_ name: Name, of folder: Int, to node: Int) { change(folder) { $0[name] = node } }

    /// The folder at a path, through links; what is missing is made, and what is no folder gives way to one.
    private mutating func folder(at parts: some Collection<Name>, isMaking: Bool = true) throws -> Int {
        var walk = Walk(Array(parts))
        var shown: String { parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/") }
        while let step = walk.next() {
            guard step != ImageRoot.up else {
                walk.up()
                continue
            }
            let next = child(step, of: walk.current)
            if let next, case .folder = nodes[next].kind {
                walk.enter(step, next)
            } else if let next, case .link(let target) = nodes[next].kind {
                guard walk.follow(target) else { throw ImageError("the links in \(shown) have no end") }
            } else {
                guard isMaking else { throw ImageError("\(shown) is no folder") }
                if let next, nodes[next].layer == layer {
                    throw ImageError("\(shown) leads through a file of the same layer")
                }
                nodes.append(Node(kind: .folder([:]), mode: 0o755, user: 0, group: 0, layer: layer))
                set(step, of: walk.current, to: nodes.count - 1)
                walk.enter(step, nodes.count - 1)
            }
        }
        return walk.current
    }

    /// What a path leads to, links followed as a kernel follows them in the container: `..` at the root stays there.
    ///
    /// - Parameters:
    ///   - base: The folder that a relative path starts in.
    ///   - identity: Who must be allowed to enter each folder on the way; nil for root.
    /// - Returns: nil where there is nothing, or the way is barred.
    func place(at path: String, from base: String = "/", for identity: Identity? = nil) -> Place? {
        let whole = path.utf8.first == ImageRoot.slash ? path : base + "/" + path
        var walk = Walk(ImageRoot.names(of: whole).filter { $0 != ImageRoot.dot })
        while let step = walk.next() {
            guard case .folder = nodes[walk.current].kind else { return nil }
            if let identity, !nodes[walk.current].permits(1, to: identity) { return nil }
            guard step != ImageRoot.up else {
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
        let node = nodes[walk.current]
        // A slash at the end asks for a folder.
        if whole.utf8.last == ImageRoot.slash || whole.utf8.suffix(2).elementsEqual("/.".utf8) {
            guard case .folder = node.kind else { return nil }
        }
        return Place(path: walk.path, node: node)
    }

    /// The names in a folder, sorted.
    func names(in path: String) -> [String] {
        guard let place = place(at: path), case .folder(let children) = place.node.kind else { return [] }
        return children.keys.map { String(decoding: $0, as: UTF8.self) }.sorted()
    }

    /// The way along a path: where it is, and what is still to go.
    private struct Walk {
        private var rest: [Name]
        private var stack: [(name: Name, node: Int)] = []
        private var links = 0

        init(_ parts: [Name]) { rest = parts.reversed() }

        var current: Int { stack.last?.node ?? 0 }
        var path: String { "/" + stack.map { String(decoding: $0.name, as: UTF8.self) }.joined(separator: "/") }

        mutating func next() -> Name? { rest.popLast() }
        mutating func enter(_ name: Name, _ node: Int) { stack.append((name, node)) }
        mutating func up() { _ = stack.popLast() }

        /// Goes on with a link's target; false once there were too many, of which Linux allows forty (path_resolution(7)).
        mutating func follow(_ target: String) -> Bool {
            links += 1
            guard links <= 40, rest.count < 4096 else { return false }
            if target.utf8.first == ImageRoot.slash { stack = [] }
            rest += ImageRoot.names(of: target).filter { $0 != ImageRoot.dot }.reversed()
            return true
        }
    }
}
