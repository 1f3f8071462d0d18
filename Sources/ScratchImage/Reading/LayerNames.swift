/// The names of the members that one layer has had so far.
struct LayerNames: Sendable {
    private var cleaned: Set<ImageRoot.Name> = []
    private var added: [Entry: Place] = [:]
    /// The members that are folders.
    private(set) var folders: [TarReader.Member] = []
    /// Whether a member took the place of a folder or link.
    var hasReplaced = false
    /// Whether the last name leads above the root.
    private(set) var climbs = false

    private struct Entry: Hashable {
        let folder: Int
        let name: ImageRoot.Name
    }

    /// How a layer names a file.
    enum Place {
        /// By its path.
        case byItsPath
        /// By a path that goes through a symbolic link.
        case throughLink
    }

    /// Takes a member's name.
    ///
    /// - Returns: Its parts below the root, and whether it is the first member of this name. Names are compared as docker and
    ///   podman compare them, after Go's filepath.Clean, to which `/a` and `a` are two names
    ///   (https://github.com/vbatts/tar-split/blob/main/tar/storage/packer.go).
    mutating func insert(_ path: String, _ budget: PathBudget) -> (parts: [ImageRoot.Name], isNew: Bool) {
        let (parts, above) = LayerNames.cleaned(path, budget)
        climbs = above > 0
        let start = path.utf8.first == ImageRoot.slash ? [[]] : Array(repeating: ImageRoot.up, count: above)
        return (parts, cleaned.insert(Array((start + parts).joined(separator: [ImageRoot.slash]))).inserted)
    }

    /// The parts of a path below the root, and how often it climbs above the root.
    static func cleaned(_ path: String, _ budget: PathBudget) -> (parts: [ImageRoot.Name], climbs: Int) {
        var parts: [ImageRoot.Name] = []
        var climbs = 0
        for part in budget.names(of: path) {
            guard part == ImageRoot.up else {
                parts.append(part)
                continue
            }
            if parts.popLast() == nil { climbs += 1 }
        }
        return (parts, climbs)
    }

    /// Takes the place where a member was put.
    mutating func add(_ name: ImageRoot.Name, in folder: Int, isThroughLink: Bool) {
        added[Entry(folder: folder, name: name)] = isThroughLink ? .throughLink : .byItsPath
    }

    /// Takes a folder.
    mutating func add(folder member: TarReader.Member) { folders.append(member) }

    /// How the layer names a file; nil if it does not.
    func place(of name: ImageRoot.Name, in folder: Int) -> Place? { added[Entry(folder: folder, name: name)] }
}
