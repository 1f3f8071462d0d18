public import Verification

/// The files of a root beside the program: those that the program needs, and no others.
public struct RootFiles: Sendable {
    /// Sorted, with all folders above them.
    public let entries: [TarEntry]
    /// Variables that tell the program where they are.
    public let environment: [String]

    /// Makes the files.
    ///
    /// - Parameters:
    ///   - needs: What the program looks for.
    ///   - user: As whom it runs.
    ///   - certificates: The bundle, where certificates are needed.
    ///   - zones: The time zones, where they are needed.
    ///   - added: Files of the user's own, which win over others of the same path.
    public init(
        for needs: Set<RuntimeNeed>, user: UserNumbers, certificates: CertificateBundle?, zones: TimeZoneFiles?,
        added: [TarEntry] = []
    ) {
        var entries: [TarEntry] = [
            .file("etc/passwd", Array(RootFiles.passwd(user).utf8)),
            .file("etc/group", Array(RootFiles.group(user).utf8)),
        ]
        if needs.contains(.certificates), let certificates {
            entries.append(.file("etc/ssl/certs/ca-certificates.crt", certificates.text))
        }
        if needs.contains(.timeZones), let zones { entries += zones.entries }
        // Anyone may write there, and nobody may remove what is another's (S_ISVTX).
        if needs.contains(.temporaryFiles) { entries.append(.folder("tmp", mode: 0o1777)) }
        if needs.contains(.nameService) {
            entries.append(.file("etc/nsswitch.conf", Array("hosts: files dns\n".utf8)))
        }
        // What a user adds wins over the same file of ours; a folder that the program needs stays one.
        let own = Set(added.map(\.path))
        self.entries = TarEntry.complete(entries.filter { !own.contains($0.path) || $0.kind == .folder } + added)
        environment = needs.contains(.timeZones) ? zones?.environment ?? [] : []
    }

    /// Makes sure that the files and the program can lie in one root, where all of them are found again.
    ///
    /// - Throws: `ImageError` that names the file.
    func check(against program: String) throws(ImageError) {
        var seen: Set<String> = []
        let leaves = Set(entries.filter { $0.kind != .folder }.map(\.path)).union([program])
        for entry in entries {
            let parts = entry.path.split(separator: "/")
            guard seen.insert(entry.path).inserted else { throw ImageError("/\(entry.path) is added twice") }
            guard !parts.contains(where: { $0.hasPrefix(".wh.") }) else {
                throw ImageError("/\(entry.path): names that begin with .wh. hide files of an image, and are none")
            }
            guard entry.path != program else {
                throw ImageError("/\(entry.path) would take the place of the program, or the program its")
            }
            for length in 1..<max(1, parts.count) where leaves.contains(parts.prefix(length).joined(separator: "/")) {
                throw ImageError(
                    "/\(entry.path) would lie below /\(parts.prefix(length).joined(separator: "/")), which is a file")
            }
        }
    }

    /// `passwd(5)`: root, nobody, and the user under the name that distroless images give it.
    static func passwd(_ user: UserNumbers) -> String {
        lines(user.user, "root:x:0:0:root:/:/sbin/nologin", "nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin") {
            "nonroot:x:\(user):nonroot:/:/sbin/nologin"
        }
    }

    /// `group(5)`.
    static func group(_ user: UserNumbers) -> String {
        lines(user.group, "root:x:0:", "nobody:x:65534:") { "nonroot:x:\(user.group):" }
    }

    private static func lines(_ number: UInt32, _ root: String, _ nobody: String, own: () -> String) -> String {
        let lines = [root, nobody] + ([0, 65534].contains(number) ? [] : [own()])
        return lines.map { $0 + "\n" }.joined()
    }
}
