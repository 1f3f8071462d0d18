import Attestation
import ELF
import Files
import FoundationEssentials
import ScratchImage
import SystemPackage
import Verification

/// Finds the files that a root is made of: on this machine, or where the command line says.
struct RootSources: Sendable {
    /// The bundle of certificates, as it was given, and where it lies.
    let certificates: (shown: String, path: FilePath)?
    /// The time zones, as they were given, and where they lie.
    let zones: (shown: String, path: FilePath)?
    /// Now, in seconds since 1970, to tell certificates that are no longer valid.
    let now: Int

    /// The bundle.
    ///
    /// - Parameter note: Takes what a person should know of it.
    func certificateBundle(note: (String) -> Void) throws -> CertificateBundle {
        let files = certificates.map { [$0.path] } ?? RuntimeNeed.certificates.paths.map { FilePath($0) }
        guard let file = files.first(where: \.isFile) else {
            let tried = certificates?.shown ?? files.map(\.string).joined(separator: ", ")
            throw ImageInputError.noCertificates(lookedFor: tried)
        }
        let text = String(decoding: try FileSnapshot(file).bytes, as: UTF8.self)
        do {
            let bundle = try CertificateBundle(text)
            let invalid = bundle.invalid(at: now)
            for certificate in invalid {
                let word = certificate.notAfter < now ? "expired on" : "is not valid before"
                let time = certificate.notAfter < now ? certificate.notAfter : certificate.notBefore
                note("the certificate '\(certificate.name)' of \(file) \(word) \(RootSources.day(time))")
            }
            guard invalid.count < bundle.certificates.count else {
                throw CertificateError.noneValid
            }
            return bundle
        } catch let error as CertificateError {
            throw ImageInputError.certificates(file, error)
        }
    }

    /// The time zones.
    ///
    /// - Parameter goZones: Finds Go's own archive, where none are named.
    func timeZones(orGo goZones: () async -> FilePath?) async throws -> TimeZoneFiles {
        let host = FilePath("/usr/share/zoneinfo")
        let candidates =
            if let zones { [zones.path] } else { [await goZones(), host].compactMap { $0 } }
        guard let path = candidates.first(where: { $0.isFile || $0.isFolder }) else {
            let tried = zones?.shown ?? candidates.map(\.string).joined(separator: ", ")
            throw ImageInputError.noTimeZones(lookedFor: tried)
        }
        do {
            guard path.isFolder else {
                return try TimeZoneFiles(archive: try FileSnapshot(path).bytes)
            }
            return try TimeZoneFiles(zones: try RootSources.zones(below: path))
        } catch let error as TimeZoneError {
            throw ImageInputError.timeZones(path, error)
        }
    }

    /// The zone files of a folder, without the copies that systems keep of them for leap seconds.
    private static func zones(below folder: FilePath) throws -> [(name: String, content: TarEntry.Kind)] {
        let tree = FileTree(below: folder)
        if let error = tree.errors.first { throw error }
        var zones: [(name: String, content: TarEntry.Kind)] = []
        for file in tree.files + tree.links.filter(\.isFile) {
            var below = file
            _ = below.removePrefix(folder)
            let name = below.string
            guard !name.hasPrefix("posix/"), !name.hasPrefix("right/"), !["localtime", "posixrules"].contains(name)
            else { continue }
            let content = try FileSnapshot(file).bytes
            if TimeZoneFiles.isZone(content) { zones.append((name, .file(content))) }
        }
        return zones
    }

    private static func day(_ time: Int) -> String {
        String(Date(timeIntervalSince1970: Double(time)).formatted(Date.ISO8601FormatStyle()).prefix(10))
    }
}
