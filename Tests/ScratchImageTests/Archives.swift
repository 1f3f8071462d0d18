import Files
import Foundation
import SystemPackage
import TestSupport

@testable import ScratchImage

/// Bytes in a file of their own, as readers of archives take them.
struct Archive {
    let folder: TemporaryFolder
    let path: FilePath

    init(_ bytes: [UInt8]) throws {
        folder = try TemporaryFolder()
        let file = folder.url.appending(path: "archive.tar")
        try Data(bytes).write(to: file)
        path = FilePath(file.path)
    }

    /// An archive that Python's tarfile writes.
    ///
    /// - Parameters:
    ///   - script: Adds members to `tar`; `add(name, data, **fields)` adds one.
    ///   - format: `USTAR_FORMAT`, `GNU_FORMAT` or `PAX_FORMAT`.
    init(python script: String, format: String = "PAX_FORMAT") throws {
        folder = try TemporaryFolder()
        path = FilePath(folder.url.appending(path: "archive.tar").path)
        let head = """
            import io, sys, tarfile
            tar = tarfile.open(sys.argv[1], "w", format=tarfile.\(format))
            def add(name, data=None, **fields):
                info = tarfile.TarInfo(name)
                for key, value in fields.items(): setattr(info, key, value)
                if data is not None: info.size = len(data)
                tar.addfile(info, io.BytesIO(data) if data is not None else None)

            """
        try Python.run(head + script + "\ntar.close()\n", [path.string])
    }

    var name: String { path.string }

    var stored: StoredBytes { get throws { try StoredBytes(path) } }

    func bytes() throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path.string))) }

    func members() throws -> [TarReader.Member] {
        var reader = TarReader(try stored)
        var members: [TarReader.Member] = []
        while let member = try reader.next() { members.append(member) }
        return members
    }
}

/// A root made of layers, each a list of members in tar order.
struct Layers {
    /// A member of a layer.
    enum Member {
        case file(String, String = "", mode: UInt32 = 0o644)
        case data(String, [UInt8], mode: UInt32 = 0o644)
        case folder(String, mode: UInt32 = 0o755)
        case link(String, String)
        case hard(String, String)
    }

    /// Joins layers that Python's tarfile writes.
    static func root(_ layers: [[Member]]) throws -> ImageRoot {
        var root = ImageRoot()
        for members in layers { try root.apply(Archive(python: script(members)).stored) }
        return root
    }

    private static func script(_ members: [Member]) -> String {
        func quoted(_ text: String) -> String { "bytes(\(Array(text.utf8))).decode()" }
        return members.map { member in
            switch member {
            case .file(let name, let text, let mode):
                "add(\(quoted(name)), bytes(\(Array(text.utf8))), mode=\(mode))"
            case .data(let name, let bytes, let mode): "add(\(quoted(name)), bytes(\(bytes)), mode=\(mode))"
            case .folder(let name, let mode): "add(\(quoted(name)), type=tarfile.DIRTYPE, mode=\(mode))"
            case .link(let name, let target):
                "add(\(quoted(name)), type=tarfile.SYMTYPE, linkname=\(quoted(target)))"
            case .hard(let name, let target): "add(\(quoted(name)), type=tarfile.LNKTYPE, linkname=\(quoted(target)))"
            }
        }.joined(separator: "\n")
    }
}

extension ImageRoot {
    /// The text of a file; nil if there is no file.
    func text(_ path: String) throws -> String? {
        guard case .file(let stored) = place(at: path)?.node.kind else { return nil }
        return String(decoding: try stored.all(limit: 1 << 20), as: UTF8.self)
    }
}
