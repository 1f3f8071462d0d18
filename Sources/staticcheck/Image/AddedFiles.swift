import Attestation
import ELF
import Files
import ScratchImage
import SystemPackage

/// What `--add source:/target` puts into a root.
struct AddedFiles {
    let source: FilePath
    /// Below the root, without a leading slash.
    let target: String
    private let shown: String

    /// Reads `source:/target`.
    ///
    /// - Throws: `ImageInputError` for another form, and for targets that lead out of the root.
    init(_ text: String, from folder: FilePath) throws {
        guard let colon = text.lastIndex(of: ":"), text.index(after: colon) < text.endIndex,
            text[text.index(after: colon)] == "/", colon > text.startIndex
        else { throw ImageInputError.additionSyntax(text) }
        let parts = text[colon...].dropFirst().split(separator: "/").map(String.init)
        guard !parts.isEmpty, !parts.contains(".."), !parts.contains(".") else {
            throw ImageInputError.additionTarget(text)
        }
        shown = String(text[..<colon])
        source = folder.pushing(FilePath(shown))
        target = parts.joined(separator: "/")
    }

    /// The files, each read once: data is taken as it is, and a program is what a gate lets through.
    func entries(through gate: Gate) throws -> [TarEntry] {
        guard source.isFolder else { return [try entry(source, as: target, gate)] }
        let tree = FileTree(below: source)
        if let error = tree.errors.first { throw error }
        if let link = tree.links.first {
            throw ImageInputError.additionLink(source: shown, link: link)
        }
        return try tree.files.map { file in
            var below = file
            _ = below.removePrefix(source)
            return try entry(file, as: "\(target)/\(below)", gate)
        }
    }

    private func entry(_ file: FilePath, as path: String, _ gate: Gate) throws -> TarEntry {
        let snapshot = try FileSnapshot(file)
        guard snapshot.bytes.starts(with: ELFHeader.magic) else {
            return .file(path, snapshot.bytes, mode: snapshot.permissions & 0o100 == 0 ? 0o444 : 0o555)
        }
        do {
            return .program(
                path, try gate.admit(snapshot.bytes, permissions: snapshot.permissions, at: file))
        } catch {
            throw ImageInputError.additionRefused(file, error)
        }
    }
}
