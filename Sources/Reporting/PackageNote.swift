import Attestation
public import ELF
import FoundationEssentials
import Text
public import Verification

/// A package that a note of a program names: what the program was linked from, or is a part of.
///
/// Source: https://systemd.io/PACKAGE_METADATA_FOR_EXECUTABLE_FILES/. Linkers write it for `--package-metadata`.
public struct PackageNote: Sendable, Hashable {
    /// The name of the package.
    let name: String
    /// Its version; nil if the note has none.
    let version: String?
    /// The system that the package is from, by the ID of its os-release: `debian`.
    let system: String?
    /// `pkg:deb/debian/zlib1g@1.2.13?arch=amd64`.
    let packageURL: String

    /// The note's type and owner, and how long a text may be.
    private static let type: UInt32 = 0xcafe_1a7e
    private static let owner = "FDO"
    private static let limit = 4096
    /// How many packages of one program are listed.
    private static let countLimit = 64

    /// The packages that the notes of a program name, each once. A note that is not as it must be names none.
    static func all(in notes: [Note]) -> [PackageNote] {
        var found: [PackageNote] = []
        for note in notes where found.count < countLimit {
            if let package = PackageNote(note), !found.contains(package) { found.append(package) }
        }
        return found
    }

    /// Whether a note has the type and the owner of the specification.
    static func isMeant(_ note: Note) -> Bool { note.type == type && note.owner == owner }

    /// A program that is known by its file name alone.
    init(program name: String) {
        self.name = name.printable
        version = nil
        system = nil
        packageURL = PackageNote.url(["generic"], name, nil)
    }

    /// Reads a note; nil if it is another one, or is not as the specification says: one object in JSON, in which no name is there twice
    /// and no text contains a control character. There may be zero bytes behind it.
    init?(_ note: Note) {
        let text = note.descriptor.prefix((note.descriptor.lastIndex { $0 != 0 } ?? -1) + 1)
        guard PackageNote.isMeant(note), text.count <= PackageNote.limit,
            StrictJSON.accepts(text), let fields = try? JSONDecoder().decode(Fields.self, from: Data(text)),
            !fields.name.isEmpty, fields.texts.allSatisfy(\.isPlain)
        else { return nil }
        name = fields.name.printable
        version = fields.version.flatMap { $0.isEmpty ? nil : $0.printable }
        system = fields.os.flatMap { $0.isEmpty ? nil : $0.printable }
        packageURL = fields.packageURL
    }

    /// The names that the specification gives; others are left out.
    fileprivate struct Fields: Decodable {
        let type: String?
        let os: String?
        let osVersion: String?
        let name: String
        let version: String?
        let architecture: String?
        let purl: String?

        var texts: [String] { [type, os, osVersion, name, version, architecture, purl].compactMap { $0 } }
    }

    /// A package URL (https://github.com/package-url/purl-spec): type, namespace, name and version, percent-encoded.
    fileprivate static func url(_ place: [String], _ name: String, _ version: String?) -> String {
        func encoded(_ text: String) -> String { text.percentEncoded(keeping: "-._~") }
        let version = version.flatMap { $0.isEmpty ? nil : "@" + encoded($0) } ?? ""
        return "pkg:" + (place + [name]).map(encoded).joined(separator: "/") + version
    }
}

extension PackageNote.Fields {
    /// The types of packages whose URLs name the system.
    private static let typesOfSystems = ["alpm", "apk", "deb", "rpm"]

    /// The URL in the note, or one that is made of its other fields.
    fileprivate var packageURL: String {
        if let purl, PackageNote.Fields.isURL(purl) { return purl }
        guard let type, let os, !os.isEmpty, PackageNote.Fields.typesOfSystems.contains(type) else {
            return PackageNote.url(["generic"], name, version)
        }
        // The specification of rpm URLs puts the epoch apart, and lets names be written as they are.
        let parts = (version ?? "").split(separator: ":", maxSplits: 1).map(String.init)
        let hasEpoch = type == "rpm" && parts.count == 2
        let qualifiers = [
            ("arch", architecture), ("distro", osVersion.map { "\(os)-\($0)" }), ("epoch", hasEpoch ? parts[0] : nil),
        ].compactMap { key, value in
            value.flatMap { $0.isEmpty ? nil : "\(key)=\($0.percentEncoded(keeping: "-._~"))" }
        }
        return PackageNote.url(
            [type, os.lowercased()], type == "rpm" ? name : name.lowercased(), hasEpoch ? parts[1] : version)
            + (qualifiers.isEmpty ? "" : "?" + qualifiers.joined(separator: "&"))
    }

    /// Whether a text has the form `pkg:type/…` and only the characters of a URL.
    private static func isURL(_ text: String) -> Bool {
        guard text.hasPrefix("pkg:"), let slash = text.firstIndex(of: "/") else { return false }
        let type = text[..<slash].dropFirst(4)
        let others = "-._~:/?#@%+&=!,".utf8
        return type.first.map { $0.isASCII && $0.isLetter } == true && text.utf8.count <= 512
            && !text[slash...].dropFirst().isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                    || others.contains(byte)
            }
    }
}

extension Subject {
    /// The notes of the program that are meant to name packages.
    public var packageNotes: [Note] { image?.notes.filter(PackageNote.isMeant) ?? [] }
}

extension String {
    /// Whether it contains no control character.
    fileprivate var isPlain: Bool { unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } }
}
