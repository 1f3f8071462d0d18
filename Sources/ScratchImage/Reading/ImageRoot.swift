import Files

/// The root file system that the layers of an image make, joined in memory as a runtime unpacks them. Nothing is written.
///
/// Source: https://github.com/opencontainers/image-spec/blob/main/layer.md
struct ImageRoot: Sendable {
    var nodes: [Node] = [Node(kind: .folder([:]), mode: 0o755, user: 0, group: 0, layer: -1)]
    var layer = -1
    /// The first hundred names in layers that climb above the root with `..`.
    var climbingNames: [String] = []
    /// The names in the layer that is being put on top.
    var named = LayerNames()
    /// Copies of the root share it.
    let budget: PathBudget

    init(budget: PathBudget = PathBudget()) { self.budget = budget }

    /// A file, folder or link, with the layer that it comes from.
    struct Node: Sendable {
        var kind: Kind
        var mode: UInt32
        var user: UInt32
        var group: UInt32
        /// The extended attribute `security.capability`.
        var capabilities: [UInt8]?
        var layer: Int

        enum Kind: Sendable {
            case folder([Name: Int])
            case file(StoredBytes)
            case link(String)
            case special
        }

        /// Whether a user has the permissions in `bits`: read (4), write (2), execute or enter (1) (inode(7)).
        func permits(_ bits: UInt32, to identity: Identity) -> Bool {
            if identity.user == 0 { return bits != 1 || mode & 0o111 != 0 }
            let shift: UInt32 = identity.user == user ? 6 : identity.group == group ? 3 : 0
            return mode >> shift & bits == bits
        }
    }

    /// A name in a folder, as bytes: Linux treats two spellings that are equal strings in Swift as two files.
    typealias Name = [UInt8]

    static let slash = UInt8(ascii: "/")
    static let dot: Name = [UInt8(ascii: ".")]
    static let up: Name = Array("..".utf8)

    /// The names in a path, without empty ones and `.`.
    static func names(of path: String) -> [Name] {
        path.utf8.split(separator: slash).map(Array.init).filter { $0 != dot }
    }

    /// The user and group that walk along a path; nil if the number is not known.
    struct Identity: Sendable {
        let user: UInt32?
        let group: UInt32?
    }

    /// A node, and the path that it was found at.
    struct Place: Sendable {
        /// The path without symbolic links.
        let path: String
        let node: Node
    }

    /// Where a path leads.
    enum Destination {
        case place(Place)
        /// Nothing has the path, or a user may not get there.
        case nothing
        /// A link on the way leads to nothing or to itself.
        case deadLink
    }

    /// The node at a path, as ``destination(of:from:for:)`` finds it.
    ///
    /// - Returns: nil if there is nothing, or the user cannot get there.
    func place(at path: String, from base: String = "/", for identity: Identity? = nil) -> Place? {
        if case .place(let place) = destination(of: path, from: base, for: identity) { place } else { nil }
    }

    /// Where a path leads. Links are followed as the kernel follows them in the container: `..` at the root stays there.
    ///
    /// - Parameters:
    ///   - base: The folder that a relative path starts in.
    ///   - identity: The user that must be allowed to enter each folder on the way; nil for root.
    func destination(of path: String, from base: String = "/", for identity: Identity? = nil) -> Destination {
        let whole = path.utf8.first == ImageRoot.slash ? path : base + "/" + path
        var walk = PathWalk(budget.names(of: whole), budget)
        while let step = walk.next() {
            guard case .folder = nodes[walk.current].kind else { return .nothing }
            if let identity, !nodes[walk.current].permits(1, to: identity) { return .nothing }
            guard step != ImageRoot.up else {
                walk.up()
                continue
            }
            guard let next = child(step, of: walk.current) else { return walk.isInLink ? .deadLink : .nothing }
            if case .link(let target) = nodes[next].kind {
                guard walk.follow(target) else { return .deadLink }
            } else {
                walk.enter(step, next)
            }
        }
        guard !budget.isExhausted else { return .nothing }
        let node = nodes[walk.current]
        // A slash at the end requires a folder.
        if whole.utf8.last == ImageRoot.slash || whole.utf8.suffix(2).elementsEqual("/.".utf8) {
            guard case .folder = node.kind else { return .nothing }
        }
        return .place(Place(path: walk.path, node: node))
    }

    /// The names in a folder, sorted.
    func names(in path: String) -> [String] {
        guard let place = place(at: path), case .folder(let children) = place.node.kind else { return [] }
        return children.keys.map { String(decoding: $0, as: UTF8.self) }.sorted()
    }

    /// The index of a folder's child; nil if there is none.
    func child(_ name: Name, of folder: Int) -> Int? {
        guard case .folder(let children) = nodes[folder].kind else { return nil }
        return children[name]
    }
}
