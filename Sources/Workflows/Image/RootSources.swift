import Attestation
import ELF
import Files
import GoToolchain
import ScratchImage
import SystemPackage
import Verification

/// Finds the certificates and time zones for an image: those that were named, else those of this machine.
struct RootSources: Sendable {
    let certificates: NamedPath?
    let zones: NamedPath?
    /// The go command; nil looks on `PATH`.
    let goPath: FilePath?
    let context: Context

    /// The CA certificates. Notes each that is not valid now.
    func certificateBundle() throws -> CertificateBundle {
        let files = certificates.map { [$0.path] } ?? RuntimeNeed.certificates.paths.map { FilePath($0) }
        guard let file = files.first(where: \.isFile) else {
            let tried = certificates?.shown ?? files.map(\.string).joined(separator: ", ")
            throw ImageRunError.noCertificates(tried: tried)
        }
        let text = String(decoding: try FileSnapshot(file).bytes, as: UTF8.self)
        let bundle: CertificateBundle
        do { bundle = try CertificateBundle(text) } catch {
            throw ImageRunError.unusableCertificates(file, reason: "\(error)")
        }
        let now = context.now()
        let invalid = bundle.invalid(at: now)
        for certificate in invalid {
            let word = certificate.notAfter < now ? "expired on" : "is not valid before"
            let time = certificate.notAfter < now ? certificate.notAfter : certificate.notBefore
            context.listener.note(
                "the certificate '\(certificate.name)' of \(file) \(word) \(StatedTime.day(of: time))")
        }
        guard invalid.count < bundle.certificates.count else {
            throw ImageRunError.unusableCertificates(file, reason: "none of its certificates is valid today")
        }
        return bundle
    }

    /// The time zones.
    func timeZones() async throws -> TimeZoneFiles {
        let host = FilePath("/usr/share/zoneinfo")
        let candidates =
            if let zones { [zones.path] } else { [await goZones(), host].compactMap { $0 } }
        guard let path = candidates.first(where: { $0.isFile || $0.isFolder }) else {
            let tried = zones?.shown ?? candidates.map(\.string).joined(separator: ", ")
            throw ImageRunError.noTimeZones(tried: tried)
        }
        do {
            guard path.isFolder else {
                return try TimeZoneFiles(archive: try FileSnapshot(path).bytes)
            }
            return try TimeZoneFiles(zones: try RootSources.zones(below: path))
        } catch let error as TimeZoneError {
            throw ImageRunError.unusableTimeZones(path, reason: "\(error)")
        }
    }

    /// The archive that comes with Go; nil if there is no go command.
    private func goZones() async -> FilePath? {
        let toolchain = try? await Toolchain.find(
            path: goPath, inherited: context.environment, directory: context.folder)
        return await toolchain?.zoneArchive(in: context.folder)
    }

    /// The zone files of a folder, without the copies in `posix` and `right`, which treat leap seconds in their own way.
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
}
