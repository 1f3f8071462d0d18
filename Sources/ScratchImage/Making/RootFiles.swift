public import Verification

/// The files in the root besides the program: those that the program needs, and no others.
public struct RootFiles: Sendable {
    /// The files, sorted, with all folders above them.
    public let entries: [TarEntry]
    /// Variables that tell the program where the files are.
    public let environment: [String]
    /// The folders that the program may write to, sorted.
    public let writable: [WritableFolder]
    /// The paths of the files that the user adds.
    private let added: Set<String>

    /// Makes the files.
    ///
    /// - Parameters:
    ///   - needs: What the program looks for.
    ///   - user: The user that the program runs as.
    ///   - certificates: The bundle; used if certificates are needed.
    ///   - zones: The time zones; used if they are needed.
    ///   - added: Files that the user adds. They replace others of the same path.
    ///   - writable: Folders that the program may write to.
    public init(
        for needs: Set<RuntimeNeed>, user: UserNumbers, certificates: CertificateBundle?, zones: TimeZoneFiles?,
        added: [TarEntry] = [], writable: [WritableFolder] = []
    ) {
        var entries: [TarEntry] = [
            .file("etc/passwd", Array(RootFiles.passwd(user).utf8)),
            .file("etc/group", Array(RootFiles.group(user).utf8)),
        ]
        if needs.contains(.certificates), let certificates {
            entries.append(.file("etc/ssl/certs/ca-certificates.crt", certificates.text))
        }
        if needs.contains(.timeZones), let zones { entries += zones.entries }
        // Everyone may write there, and only the owner may remove a file (S_ISVTX).
        if needs.contains(.temporaryFiles) { entries.append(.folder("tmp", mode: 0o1777)) }
        if needs.contains(.nameService) {
            entries.append(.file("etc/nsswitch.conf", Array("hosts: files dns\n".utf8)))
        }
        // A file that the user adds replaces ours. A folder that the program needs stays a folder.
        let own = Set(added.map(\.path))
        self.added = own
        self.writable = Set(writable).sorted()
        let folders = self.writable
        self.entries = TarEntry.complete(
            entries.filter { !own.contains($0.path) || $0.kind == .folder } + added
                + folders.map { .folder($0, of: user) }
        ).map { entry in
            // What a volume begins with belongs to the program too.
            folders.contains { $0.contains(entry.path) } ? entry.writable(by: user) : entry
        }
        environment = needs.contains(.timeZones) ? zones?.environment ?? [] : []
    }

    /// Makes sure that the files and the programs can be in one root without hiding each other.
    ///
    /// - Throws: `ImageMakingError` with the path of the file.
    func check(against programs: [String]) throws(ImageMakingError) {
        try checkWritable(against: programs)
        var seen: Set<String> = []
        let leaves = Set(entries.filter { $0.kind != .folder }.map(\.path)).union(programs)
        for entry in entries {
            let parts = entry.path.split(separator: "/")
            guard seen.insert(entry.path).inserted else { throw .duplicatePath(entry.path) }
            guard !parts.contains(where: { $0.hasPrefix(".wh.") }) else {
                throw .whiteoutName(path: entry.path)
            }
            guard entry.path.utf8.count < TarReader.maximumName,
                parts.allSatisfy({ $0.utf8.count <= TarReader.maximumPart })
            else { throw .nameTooLong(path: entry.path) }
            guard !programs.contains(entry.path) else { throw .programPath(entry.path) }
            for length in 1..<max(1, parts.count) where leaves.contains(parts.prefix(length).joined(separator: "/")) {
                throw .belowFile(path: entry.path, file: parts.prefix(length).joined(separator: "/"))
            }
        }
    }

    /// What the program may write to must hold no program, and no file that it needs: it could replace them.
    private func checkWritable(against programs: [String]) throws(ImageMakingError) {
        for folder in writable {
            if let outer = writable.first(where: { $0.contains(folder.path) }) {
                throw .nestedWritable(folder.path, in: outer.path)
            }
            guard !programs.contains(folder.path),
                !entries.contains(where: { $0.path == folder.path && $0.kind != .folder })
            else { throw .writableFile(folder.path) }
            let own = entries.first {
                folder.contains($0.path) && $0.kind != .folder && ($0.isAdmitted || !added.contains($0.path))
            }
            if let own { throw .writableAround(folder.path, file: own.path) }
        }
    }

    /// The file /etc/passwd (passwd(5)): root, nobody, and the user, named nonroot as in distroless images.
    static func passwd(_ user: UserNumbers) -> String {
        lines(user.user, "root:x:0:0:root:/:/sbin/nologin", "nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin") {
            "nonroot:x:\(user):nonroot:/:/sbin/nologin"
        }
    }

    /// The file /etc/group (group(5)).
    static func group(_ user: UserNumbers) -> String {
        lines(user.group, "root:x:0:", "nobody:x:65534:") { "nonroot:x:\(user.group):" }
    }

    private static func lines(_ number: UInt32, _ root: String, _ nobody: String, own: () -> String) -> String {
        let lines = [root, nobody] + ([0, 65534].contains(number) ? [] : [own()])
        return lines.map { $0 + "\n" }.joined()
    }
}
