import Files

/// How layers are joined (https://github.com/opencontainers/image-spec/blob/main/layer.md#applying-changesets).
extension ImageRoot {
    /// Puts a layer on top.
    ///
    /// - Throws: `TarError` for a damaged archive, and for members that a runtime cannot unpack, such as a hard link to nothing.
    mutating func apply(_ archive: StoredBytes) throws {
        layer += 1
        var reader = TarReader(archive)
        while let member = try reader.next() {
            try Task.checkCancellation()
            do { try apply(member) } catch let fault as TarError.Fault { throw member.error(fault) }
            guard nodes.count <= ImageLimits.files else {
                throw member.error(.tooManyFiles(limit: ImageLimits.files))
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
            guard let last = parts.last, let above = try existingFolder(at: parts.dropLast()),
                let linked = child(last, of: above)
            else { throw TarError.Fault.hardLinkTargetMissing(target) }
            if case .folder = nodes[linked].kind { throw TarError.Fault.hardLinkToFolder(target) }
            return set(name, of: parent, to: linked)
        case .special: break
        }
        nodes.append(node)
        set(name, of: parent, to: nodes.count - 1)
    }

    /// The parts of a path below the root. A path that climbs above the root is recorded in `climbingNames`.
    private mutating func inside(_ path: String) -> [Name] {
        var parts: [Name] = []
        var climbs = false
        for part in ImageRoot.names(of: path) {
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

    /// Applies a whiteout (layer.md#whiteouts): `.wh.name` hides a file of the layers below, `.wh..wh..opq` all that they have in
    /// the folder.
    private mutating func whiteOut(_ name: Name, in parent: Int) {
        if name == ImageRoot.opaque { return purge(parent) }
        guard !name.starts(with: ImageRoot.reserved) else { return }
        let hidden = Array(name.dropFirst(ImageRoot.whiteout.count))
        guard let old = child(hidden, of: parent) else { return }
        if nodes[old].layer < layer { change(parent) { $0[hidden] = nil } } else { purge(old) }
    }

    /// Removes what the layers below have in a folder, and in its subfolders that this layer holds too.
    private mutating func purge(_ folder: Int) {
        var waiting = [folder]
        while let next = waiting.popLast() {
            guard case .folder(var children) = nodes[next].kind else { continue }
            children = children.filter { nodes[$0.value].layer == layer }
            nodes[next].kind = .folder(children)
            waiting += children.values
        }
    }

    /// Changes the children of a folder in place; does nothing if the node is not a folder.
    private mutating func change(_ folder: Int, _ body: (inout [Name: Int]) -> Void) {
        guard case .folder(var children) = nodes[folder].kind else { return }
        // Give up the old value first, so that the dictionary is not copied.
        nodes[folder].kind = .special
        body(&children)
        nodes[folder].kind = .folder(children)
    }

    private mutating func set(_ name: Name, of folder: Int, to node: Int) { change(folder) { $0[name] = node } }

    /// The folder at a path, through links; nil if there is none.
    private func existingFolder(at parts: some Collection<Name>) throws(TarError.Fault) -> Int? {
        var walk = PathWalk(Array(parts))
        while let step = walk.next() {
            guard step != ImageRoot.up else {
                walk.up()
                continue
            }
            guard let next = child(step, of: walk.current) else { return nil }
            switch nodes[next].kind {
            case .folder: walk.enter(step, next)
            case .link(let target): guard walk.follow(target) else { throw .linkLoop }
            case .file, .special: return nil
            }
        }
        return walk.current
    }

    /// The folder at a path, through links. A missing folder is made; a file of a layer below is replaced by a folder.
    private mutating func folder(at parts: some Collection<Name>) throws(TarError.Fault) -> Int {
        var walk = PathWalk(Array(parts))
        while let step = walk.next() {
            guard step != ImageRoot.up else {
                walk.up()
                continue
            }
            let next = child(step, of: walk.current)
            if let next, case .folder = nodes[next].kind {
                walk.enter(step, next)
            } else if let next, case .link(let target) = nodes[next].kind {
                guard walk.follow(target) else { throw .linkLoop }
            } else {
                if let next, nodes[next].layer == layer {
                    throw .belowFile(parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/"))
                }
                nodes.append(Node(kind: .folder([:]), mode: 0o755, user: 0, group: 0, layer: layer))
                set(step, of: walk.current, to: nodes.count - 1)
                walk.enter(step, nodes.count - 1)
            }
        }
        return walk.current
    }
}
