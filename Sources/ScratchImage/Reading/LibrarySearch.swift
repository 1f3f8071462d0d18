import ELF
import Files
import GoBinary

/// Looks for libraries as the dynamic loader would look for them in an image's root (ld.so(8)).
struct LibrarySearch {
    let root: ImageRoot
    private let identity: ImageRoot.Identity
    /// LD_LIBRARY_PATH of the image.
    let libraryPath: [String]
    /// Those of ld.so.conf, and those that loaders are built with.
    private let standard: [String]
    /// The most libraries that are looked into.
    private static let limit = 4096

    init(root: ImageRoot, identity: ImageRoot.Identity, libraryPath: String) {
        self.root = root
        self.identity = identity
        self.libraryPath = libraryPath.split(whereSeparator: { ":;".contains($0) }).map(String.init)
        let base = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib", "/lib32", "/usr/lib32"]
        let multiarch = ["/lib", "/usr/lib"].flatMap { folder in
            root.names(in: folder).filter { $0.contains("-linux-") }.map { "\(folder)/\($0)" }
        }
        standard = LibrarySearch.configured(in: root) + base + multiarch
    }

    /// The libraries that a program would not find, with those that its libraries would not.
    func missing(for program: ELFImage, at path: String) throws -> Set<String> {
        guard let kind = MachineKind.of(program.header) else { return [] }
        var missing: Set<String> = []
        var known: Set<String> = []
        var waiting: [(image: ELFImage, path: String)] = [(program, path)]
        let inherited = program.searchPath(.libraryPath, origin: path)
        while let (image, place) = waiting.popLast() {
            let own = image.searchPath(.runPath, origin: place)
            let folders =
                (own.isEmpty ? image.searchPath(.libraryPath, origin: place) + inherited : []) + libraryPath + own
                + standard
            for (tag, name) in image.dynamicTables.flatMap(\.libraries)
            where tag == .needed && known.insert(name).inserted {
                guard known.count <= LibrarySearch.limit else {
                    throw ImageError("it needs more libraries than are read")
                }
                if let found = try library(name, in: folders, kind) {
                    waiting.append(found)
                } else {
                    missing.insert(name)
                }
            }
        }
        return missing
    }

    private func library(_ name: String, in folders: [String], _ kind: MachineKind) throws -> (ELFImage, String)? {
        let candidates = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
        for candidate in candidates {
            guard let place = root.place(at: candidate, for: identity), case .file(let stored) = place.node.kind,
                place.node.permits(4, to: identity),
                let bytes = try? stored.all(limit: 1 << 30), let image = try? ELFImage(bytes),
                MachineKind.of(image.header) == kind
            else { continue }
            return (image, place.path)
        }
        return nil
    }

    /// The folders of ld.so.conf and of the files that it includes; musl's own list is of the same form.
    private static func configured(in root: ImageRoot) -> [String] {
        var folders: [String] = []
        var files =
            ["/etc/ld.so.conf"] + root.names(in: "/etc").filter { $0.hasPrefix("ld-musl-") }.map { "/etc/\($0)" }
        files += root.names(in: "/etc/ld.so.conf.d").filter { $0.hasSuffix(".conf") }.map { "/etc/ld.so.conf.d/\($0)" }
        for file in files {
            guard case .file(let stored) = root.place(at: file)?.node.kind, let bytes = try? stored.all(limit: 1 << 16)
            else { continue }
            let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: { $0.isNewline || $0 == ":" })
            folders += lines.map { String($0.filter { $0 != " " }) }.filter { $0.hasPrefix("/") }
        }
        return folders
    }
}

extension ELFImage {
    fileprivate func searchPath(_ tag: DynamicEntry.Tag, origin path: String) -> [String] {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return dynamicTables.flatMap(\.entries).filter { $0.tag == tag }.compactMap(\.name)
            .flatMap { $0.split(separator: ":").map(String.init) }
            .map { $0.replacing("${ORIGIN}", with: "/\(folder)").replacing("$ORIGIN", with: "/\(folder)") }
    }
}
