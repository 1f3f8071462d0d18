import Attestation
import Files

/// All that the root of an image holds, in a form that can be compared with what another tool unpacks.
package struct ImageTree: Sendable {
    /// What is at each path.
    package let entries: [String: Entry]
    /// Whether names in layers lead above the root, which is an error of the image.
    package let climbs: Bool

    /// What is at a path.
    package enum Entry: Sendable, Hashable {
        /// A file with its bytes.
        case file([UInt8])
        /// A folder.
        case folder
        /// A symbolic link with its target.
        case link(String)
        /// A device or a pipe.
        case special
    }

    /// Joins the layers of the only image of a source.
    ///
    /// - Throws: `ImageReadingError`.
    package init(of source: ImageSource) throws {
        guard let entry = try source.entries().first else { throw ImageReadingError.noImage(tag: nil, known: []) }
        let root = try ImageReadingError.naming { try ImageInspection.root(of: entry) }
        var entries: [String: Entry] = [:]
        var waiting: [(path: String, node: Int)] = [("", 0)]
        while let (path, folder) = waiting.popLast() {
            guard case .folder(let children) = root.nodes[folder].kind else { continue }
            for (name, child) in children {
                let own = path + "/" + String(decoding: name, as: UTF8.self)
                switch root.nodes[child].kind {
                case .folder:
                    entries[own] = .folder
                    waiting.append((own, child))
                case .file(let content): entries[own] = .file(try content.all(limit: 1 << 20))
                case .link(let target): entries[own] = .link(target)
                case .special: entries[own] = .special
                }
            }
        }
        self.entries = entries
        climbs = !root.climbingNames.isEmpty
    }
}
