import Files

/// How layers are joined (https://github.com/opencontainers/image-spec/blob/main/layer.md#applying-changesets).
///
/// The specification leaves open what some archives mean. Where umoci, containerd, docker and podman unpack them in different
/// ways, or refuse them, they are errors here.
extension ImageRoot {
    /// Puts a layer on top.
    ///
    /// - Throws: `TarError` for a damaged archive, and for members that a runtime cannot unpack, such as a hard link to nothing.
    mutating func apply(_ archive: StoredBytes) throws {
        layer += 1
        named = LayerNames()
        var reader = TarReader(archive)
        while let member = try reader.next() {
            try Task.checkCancellation()
            do throws(TarError.Fault) { try apply(member) } catch { throw member.error(error) }
            guard nodes.count <= ImageLimits.files else {
                throw member.error(.tooManyFiles(limit: ImageLimits.files))
            }
        }
        try checkFolders()
        named = LayerNames()
    }

    /// Checks that the folders of the layer are still there at its end: docker and podman then set their times, and fail if one
    /// is not.
    private func checkFolders() throws {
        guard named.hasReplaced else { return }
        for member in named.folders {
            let path = LayerNames.cleaned(member.path, budget).parts.map { String(decoding: $0, as: UTF8.self) }
            guard place(at: "/" + path.joined(separator: "/")) != nil else {
                throw member.error(budget.isExhausted ? .tooManySteps(limit: PathBudget.steps) : .folderReplaced)
            }
        }
    }

    /// Checks the name in a global header. Before docker and podman pass over the header, they count its name among those of the
    /// members, and remove what is there.
    private mutating func check(globalName path: String) throws(TarError.Fault) {
        let (parts, isNew) = named.insert(path, budget)
        guard isNew else { throw .repeatedName }
        guard let name = parts.last, !parts.contains(where: { $0.starts(with: ImageRoot.whiteout) }) else {
            throw .globalHeaderName(path)
        }
        if let above = try existingFolder(at: parts.dropLast()), child(name, of: above) != nil {
            throw .globalHeaderName(path)
        }
    }

    private mutating func apply(_ member: TarReader.Member) throws(TarError.Fault) {
        for name in member.globals { try check(globalName: name) }
        let (parts, isNew) = named.insert(member.path, budget)
        guard isNew else { throw .repeatedName }
        if named.climbs, climbingNames.count < 100 { climbingNames.append(member.path) }
        guard let name = parts.last else {
            guard member.kind == .folder else { throw .rootIsNotFolder }
            (nodes[0].mode, nodes[0].user, nodes[0].group) = (member.mode, member.user, member.group)
            return
        }
        guard !parts.dropLast().contains(where: { $0.starts(with: ImageRoot.whiteout) }) else { throw .whiteoutName }
        guard parts.allSatisfy({ $0.count <= TarReader.maximumPart }) else {
            throw .nameTooLong(limit: TarReader.maximumPart)
        }
        let isWhiteout = name.starts(with: ImageRoot.whiteout)
        if isWhiteout { try ImageRoot.checkWhiteout(name) }
        guard let parent = try folder(at: parts.dropLast(), isMade: !isWhiteout) else { return }
        if isWhiteout { return try whiteOut(name, in: parent.node, isThroughLink: parent.isThroughLink) }
        named.add(name, in: parent.node, isThroughLink: parent.isThroughLink)
        try put(member, name, in: parent.node)
    }

    /// Puts a member into a folder. What has its name is removed first, except that folders are joined.
    private mutating func put(
        _ member: TarReader.Member, _ name: Name, in parent: Int
    ) throws(TarError.Fault) {
        var node = Node(kind: .special, mode: member.mode, user: member.user, group: member.group, layer: layer)
        node.capabilities = member.capabilities
        if member.kind == .folder { named.add(folder: member) }
        if member.kind == .folder, let old = child(name, of: parent), case .folder = nodes[old].kind {
            node.kind = nodes[old].kind
            nodes[old] = node
            return
        }
        if let old = child(name, of: parent) {
            switch nodes[old].kind {
            case .folder, .link: named.hasReplaced = true
            case .file, .special: break
            }
        }
        set(name, of: parent, to: nil)
        switch member.kind {
        case .folder: node.kind = .folder([:])
        case .file: node.kind = .file(member.content)
        case .symbolicLink(let target): node.kind = .link(target)
        case .hardLink(let target): return set(name, of: parent, to: try linked(target))
        case .special: break
        }
        nodes.append(node)
        set(name, of: parent, to: nodes.count - 1)
    }

    /// The file that a hard link names.
    private mutating func linked(_ target: String) throws(TarError.Fault) -> Int {
        let path = LayerNames.cleaned(target, budget)
        if path.climbs > 0, climbingNames.count < 100 { climbingNames.append(target) }
        guard let last = path.parts.last, let above = try existingFolder(at: path.parts.dropLast()),
            let linked = child(last, of: above)
        else { throw .hardLinkTargetMissing(target) }
        if case .folder = nodes[linked].kind { throw .hardLinkToFolder(target) }
        guard nodes[linked].layer == layer else { throw .hardLinkTargetBelow(target) }
        return linked
    }

    /// Changes the children of a folder in place; does nothing if the node is not a folder.
    mutating func change(_ folder: Int, _ body: (inout [Name: Int]) -> Void) {
        guard case .folder(var children) = nodes[folder].kind else { return }
        // Give up the old value first, so that the dictionary is not copied.
        nodes[folder].kind = .special
        body(&children)
        nodes[folder].kind = .folder(children)
    }

    private mutating func set(_ name: Name, of folder: Int, to node: Int?) { change(folder) { $0[name] = node } }

    /// The folder at a path, through links; nil if there is none.
    private func existingFolder(at parts: some Collection<Name>) throws(TarError.Fault) -> Int? {
        var walk = PathWalk(Array(parts), budget)
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
        try checkBudget()
        return walk.current
    }

    /// The folder at a path, through links. A missing folder is made, but not where a link leads: podman cannot make it there.
    ///
    /// - Parameter isMade: Whether a missing folder is made; if not, nil is returned for it.
    private mutating func folder(
        at parts: some Collection<Name>, isMade: Bool
    ) throws(TarError.Fault) -> (node: Int, isThroughLink: Bool)? {
        func shown() -> String { parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/") }
        var walk = PathWalk(Array(parts), budget)
        while let step = walk.next() {
            guard step != ImageRoot.up else {
                walk.up()
                continue
            }
            guard let next = child(step, of: walk.current) else {
                guard !walk.isInLink else { throw .linkToNothing(shown()) }
                guard isMade else { return nil }
                nodes.append(Node(kind: .folder([:]), mode: 0o755, user: 0, group: 0, layer: layer))
                set(step, of: walk.current, to: nodes.count - 1)
                walk.enter(step, nodes.count - 1)
                continue
            }
            switch nodes[next].kind {
            case .folder: walk.enter(step, next)
            case .link(let target): guard walk.follow(target) else { throw .linkLoop }
            case .file, .special: throw .belowFile(shown())
            }
        }
        try checkBudget()
        return (walk.current, walk.isThroughLink)
    }

    private func checkBudget() throws(TarError.Fault) {
        guard !budget.isExhausted else { throw .tooManySteps(limit: PathBudget.steps) }
    }
}
