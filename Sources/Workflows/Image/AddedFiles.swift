public import Attestation
import ELF
import Files
public import GoBinary
import ScratchImage
public import SystemPackage

/// A file or folder that is added to an image: `source:/target`.
public struct AddedFiles: Sendable, Hashable {
    /// The file or folder to add.
    public let source: NamedPath
    /// The path in the image, without a leading slash.
    public let target: String

    /// Reads `source:/target`. The last colon divides, so that a source may have one in its name.
    ///
    /// - Parameter folder: Where a relative source starts.
    /// - Throws: For another form, and for targets that would leave the root.
    public init(_ text: String, from folder: FilePath = "") throws(AddedFilesError) {
        guard let colon = text.lastIndex(of: ":"), text.index(after: colon) < text.endIndex,
            text[text.index(after: colon)] == "/", colon > text.startIndex
        else { throw .form(text) }
        let parts = text[colon...].dropFirst().split(separator: "/").map(String.init)
        guard !parts.isEmpty, !parts.contains(".."), !parts.contains(".") else { throw .target(text) }
        if let mount = RuntimeMount.over(text[text.index(after: colon)...]) { throw .mounted(text, mount) }
        self.init(source: NamedPath(String(text[..<colon]), from: folder), target: parts.joined(separator: "/"))
    }

    private init(source: NamedPath, target: String) {
        self.source = source
        self.target = target
    }

    /// The same files, with a relative source starting in a folder.
    public func from(_ folder: FilePath) -> AddedFiles {
        AddedFiles(source: NamedPath(source.shown, from: folder), target: target)
    }

    /// The entries of a layer. Each file is read once; data is taken as it is, programs must pass the gate.
    ///
    /// - Parameter platforms: Those of the image. All of them get the same files.
    func entries(through gate: Gate, for platforms: [Platform]) throws -> [TarEntry] {
        guard source.path.isFolder else { return [try entry(source.path, as: target, gate, platforms)] }
        let tree = FileTree(below: source.path)
        if let error = tree.errors.first { throw error }
        if let link = tree.links.first { throw AddedFilesError.link(source.shown, link) }
        return try tree.files.map { file in
            var below = file
            _ = below.removePrefix(source.path)
            return try entry(file, as: "\(target)/\(below)", gate, platforms)
        }
    }

    private func entry(
        _ file: FilePath, as path: String, _ gate: Gate, _ platforms: [Platform]
    ) throws -> TarEntry {
        let snapshot = try FileSnapshot(file)
        guard snapshot.bytes.starts(with: ELFHeader.magic) else {
            return .file(path, snapshot.bytes, mode: snapshot.permissions & 0o100 == 0 ? 0o444 : 0o555)
        }
        let program: StampedBinary
        do { program = try gate.admit(snapshot.bytes, permissions: snapshot.permissions, at: file) } catch {
            throw AddedFilesError.refused(file, error)
        }
        if let other = platforms.first(where: { $0.goarch != program.platform.goarch }) {
            throw AddedFilesError.otherPlatform(file, program.platform, image: other)
        }
        return .program(path, program)
    }
}

/// Why files cannot be added.
public enum AddedFilesError: Error, Sendable, CustomStringConvertible {
    /// The text does not have the form `source:/target`.
    case form(String)
    /// The target is not a file below the root.
    case target(String)
    /// A runtime mounts its own folder over the target.
    case mounted(String, String)
    /// The folder that an option names contains a symbolic link.
    case link(String, FilePath)
    /// The file is a program that the gate refuses.
    case refused(FilePath, GateRefusal)
    /// The file is a program that does not start on a platform of the image.
    case otherPlatform(FilePath, Platform, image: Platform)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .form(let text): "'\(text)' is not of the form source:/target"
        case .target(let text): "'\(text)': the target must be a path below the root, without . and .."
        case .mounted(let text, let place):
            "'\(text)': runtimes mount a \(place) of their own, so the program would not see the files; choose another folder"
        case .link(let source, let link):
            "--add \(source): \(link) is a symbolic link, which is not followed; add its target instead"
        case .refused(let file, let refusal): "--add \(file): a program that the gate refuses: \(refusal)"
        case .otherPlatform(let file, let platform, let image):
            "--add \(file): a program for \(platform), which does not start in the image for \(image); make an image for each "
                + "platform with --platform"
        }
    }
}
