import ELF
import Files
import GoBinary

/// Searches an image's root for libraries, in the order of the dynamic loader (ld.so(8)).
///
/// What was read of a library is kept, because hundreds of programs need the same ones.
final class LibrarySearch {
    private let root: ImageRoot
    private let identity: ImageRoot.Identity
    /// The folders of LD_LIBRARY_PATH.
    let libraryPath: [String]
    /// The folders of ld.so.conf, and those that are built into glibc's loader.
    private let standard: [String]
    /// The libraries by their paths; nil for a file that is none.
    private var known: [String: Library?] = [:]

    /// What a loader reads of a library before it searches the next.
    private struct Library {
        let kind: MachineKind?
        let path: String
        let needed: [String]
        let runPath: [String]
        let libraryPath: [String]

        init(_ image: ELFImage, at path: String) {
            kind = MachineKind.of(image.header)
            self.path = path
            needed = image.dynamicTables.flatMap(\.libraries).filter { $0.tag == .needed }.map(\.name)
            runPath = image.searchPath(.runPath, origin: path)
            libraryPath = image.searchPath(.libraryPath, origin: path)
        }
    }

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
        let start = Library(program, at: path)
        guard let kind = start.kind else { return [] }
        let musl = MuslLoader(of: program)
        let standard = musl.map { $0.folders(in: root) } ?? standard
        var missing: Set<String> = []
        var asked: Set<String> = []
        var waiting = [start]
        while let next = waiting.popLast() {
            let older = next.runPath.isEmpty ? next.libraryPath + start.libraryPath : []
            let folders = older + libraryPath + next.runPath + standard
            for name in next.needed where asked.insert(name).inserted && musl?.serves(name) != true {
                guard asked.count <= ImageLimits.libraries else {
                    throw ImageReadingError.tooManyLibraries(limit: ImageLimits.libraries)
                }
                if let found = library(name, in: folders, kind) {
                    waiting.append(found)
                } else {
                    missing.insert(name)
                }
            }
        }
        return missing
    }

    private func library(_ name: String, in folders: [String], _ kind: MachineKind?) -> Library? {
        guard !name.contains("/") else { return file(name, kind) }
        return folders.lazy.compactMap { self.file("\($0)/\(name)", kind) }.first
            ?? folders.lazy.flatMap(improved).compactMap { self.file("\($0)/\(name)", kind) }.first
    }

    /// The folders in which glibc looks first on newer processors (ld.so(8), "glibc-hwcaps").
    private func improved(_ folder: String) -> [String] {
        let levels = ["x86-64-v2", "x86-64-v3", "x86-64-v4", "power9", "power10", "z13", "z14", "z15", "z16"]
        return root.names(in: "\(folder)/glibc-hwcaps").filter(levels.contains).map { "\(folder)/glibc-hwcaps/\($0)" }
    }

    /// A library of the right kind that the user may read; nil if there is none at a path.
    private func file(_ path: String, _ kind: MachineKind?) -> Library? {
        guard let place = root.place(at: path, for: identity), case .file(let stored) = place.node.kind,
            place.node.permits(4, to: identity)
        else { return nil }
        let library = known[place.path] ?? read(stored, at: place.path)
        known[place.path] = .some(library)
        return library?.kind == kind ? library : nil
    }

    private func read(_ stored: StoredBytes, at path: String) -> Library? {
        guard let bytes = try? stored.all(limit: 1 << 30), let image = try? ELFImage(bytes) else { return nil }
        return Library(image, at: path)
    }

    /// The folders in ld.so.conf and the files of ld.so.conf.d.
    private static func configured(in root: ImageRoot) -> [String] {
        var folders: [String] = []
        var files = ["/etc/ld.so.conf"]
        files += root.names(in: "/etc/ld.so.conf.d").filter { $0.hasSuffix(".conf") }.map { "/etc/ld.so.conf.d/\($0)" }
        for file in files { folders += root.folders(listedIn: file) ?? [] }
        return folders
    }
}

extension ImageRoot {
    /// The absolute folders listed in a file, one per line or separated by colons; nil if there is no such file.
    fileprivate func folders(listedIn file: String) -> [String]? {
        guard case .file(let stored) = place(at: file)?.node.kind, let bytes = try? stored.all(limit: 1 << 16) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: { $0.isNewline || $0 == ":" })
            .map { String($0.filter { $0 != " " }) }.filter { $0.hasPrefix("/") }
    }
}

/// The loader of musl, which is its C library too (https://git.musl-libc.org/cgit/musl/tree/ldso/dynlink.c).
private struct MuslLoader {
    /// The architecture in its name, `ld-musl-x86_64.so.1`.
    private let architecture: Substring

    /// nil if the program names another loader.
    init?(of program: ELFImage) {
        guard let path = program.interpreters.first ?? nil, let name = path.split(separator: "/").last,
            name.hasPrefix("ld-musl-"), name.hasSuffix(".so.1")
        else { return nil }
        architecture = name.dropFirst("ld-musl-".count).dropLast(".so.1".count)
    }

    /// Whether a library is the loader itself. It never looks for these in folders.
    func serves(_ name: String) -> Bool {
        ["c", "pthread", "rt", "m", "dl", "util", "xnet"].contains { name.hasPrefix("lib\($0).") }
            || name == "ld-musl-\(architecture).so.1"
    }

    /// The folders that it looks into after those of the program and the environment.
    func folders(in root: ImageRoot) -> [String] {
        root.folders(listedIn: "/etc/ld-musl-\(architecture).path") ?? ["/lib", "/usr/local/lib", "/usr/lib"]
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
