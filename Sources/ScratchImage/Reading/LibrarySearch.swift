import ELF
import Files
import GoBinary

/// Searches an image's root for libraries, in the order of the dynamic loader (ld.so(8)).
struct LibrarySearch {
    let root: ImageRoot
    private let identity: ImageRoot.Identity
    /// The folders of LD_LIBRARY_PATH.
    let libraryPath: [String]
    /// The folders of ld.so.conf, and those that are built into loaders.
    private let standard: [String]

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

    /// The libraries that a program, or a library of it, would not find.
    ///
    /// - Throws: `ImageReadingError.tooManyLibraries`.
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
                guard known.count <= ImageLimits.libraries else {
                    throw ImageReadingError.tooManyLibraries(limit: ImageLimits.libraries)
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

    /// The folders in ld.so.conf and the files of ld.so.conf.d, and in musl's /etc/ld-musl-*.path.
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
    /// The folders of DT_RPATH or DT_RUNPATH, with $ORIGIN replaced by the folder of the file.
    fileprivate func searchPath(_ tag: DynamicEntry.Tag, origin path: String) -> [String] {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return dynamicTables.flatMap(\.entries).filter { $0.tag == tag }.compactMap(\.name)
            .flatMap { $0.split(separator: ":").map(String.init) }
            .map { $0.replacing("${ORIGIN}", with: "/\(folder)").replacing("$ORIGIN", with: "/\(folder)") }
    }
}
