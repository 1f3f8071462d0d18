/// Whiteouts: members that hide files of the layers below (https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts).
extension ImageRoot {
    static let whiteout = Array(".wh.".utf8)
    private static let opaque = Array(".wh..wh..opq".utf8)
    private static let reserved = Array(".wh..wh.".utf8)

    /// Checks that a whiteout names a file: not the folder itself, and not the one above.
    static func checkWhiteout(_ name: Name) throws(TarError.Fault) {
        let hidden = Array(name.dropFirst(whiteout.count))
        guard !hidden.isEmpty, hidden != dot, hidden != up else { throw .whiteoutName }
    }

    /// Applies a whiteout: `.wh.name` hides a file, `.wh..wh..opq` all that the layers below have in the folder.
    ///
    /// A whiteout is for the layers below alone, wherever it stands in its layer. But podman and docker remove what is there when
    /// they come to it, even if the same layer has put it there. Such a layer is refused.
    mutating func whiteOut(_ name: Name, in parent: Int, isThroughLink: Bool) throws(TarError.Fault) {
        if name == ImageRoot.opaque {
            // podman does not look behind the link.
            guard !isThroughLink else { throw .whiteoutThroughLink }
            return try purge(parent)
        }
        // Left over from aufs. What they name cannot exist.
        guard !name.starts(with: ImageRoot.reserved) else { return }
        let hidden = Array(name.dropFirst(ImageRoot.whiteout.count))
        guard let old = child(hidden, of: parent) else { return }
        guard named.place(of: hidden, in: parent) == nil, !holdsNamed(old) else {
            throw .whiteoutOfOwnLayer(String(decoding: hidden, as: UTF8.self))
        }
        change(parent) { $0[hidden] = nil }
    }

    /// Removes what the layers below have in a folder, and in its subfolders that this layer names too.
    private mutating func purge(_ folder: Int) throws(TarError.Fault) {
        var waiting = [folder]
        while let next = waiting.popLast() {
            guard case .folder(let children) = nodes[next].kind else { continue }
            budget.pay(children.count)
            for (name, child) in children {
                switch named.place(of: name, in: next) {
                case .byItsPath: waiting.append(child)
                case .throughLink: throw .whiteoutOfOwnLayer(String(decoding: name, as: UTF8.self))
                case nil:
                    guard !holdsNamed(child) else {
                        throw .whiteoutOfOwnLayer(String(decoding: name, as: UTF8.self))
                    }
                    change(next) { $0[name] = nil }
                }
            }
        }
    }

    /// Whether the layer names anything below a folder.
    private func holdsNamed(_ node: Int) -> Bool {
        var waiting = [node]
        while let next = waiting.popLast() {
            guard case .folder(let children) = nodes[next].kind else { continue }
            budget.pay(children.count)
            if children.keys.contains(where: { named.place(of: $0, in: next) != nil }) { return true }
            waiting += children.values
        }
        return false
    }
}
