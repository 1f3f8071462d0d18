import Foundation
import ScratchImage
import TestSupport

/// What another tool makes of an image.
enum Unpacked {
    case tree([String: ImageTree.Entry])
    /// The last words of the tool.
    case refused(String)

    /// umoci unpacks the image into a folder.
    static func byUmoci(_ layout: Layout, in folder: URL) throws -> Unpacked {
        let root = folder.appending(path: "umoci")
        let rootless = geteuid() == 0 ? [] : ["--rootless"]
        let result = try Execution(
            "umoci", ["raw", "unpack"] + rootless + ["--image", layout.path + ":latest", root.path])
        guard result.status == 0 else { return .refused(lastWords(result.errors)) }
        return .tree(try tree(below: root))
    }

    /// podman pulls the image, and mounts it.
    static func byPodman(_ layout: Layout, in folder: URL) throws -> Unpacked {
        let options = [
            "--root", folder.appending(path: "podman").path, "--runroot", folder.appending(path: "run").path,
            "--storage-driver", "vfs",
        ]
        let pull = try Execution("podman", options + ["pull", "-q", "oci:" + layout.path + ":latest"])
        guard pull.status == 0 else { return .refused(lastWords(pull.errors)) }
        let image = pull.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let mount = try Execution("podman", options + ["image", "mount", image])
        guard mount.status == 0 else { return .refused(lastWords(mount.errors)) }
        let found = try tree(below: URL(filePath: mount.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        try Execution("podman", options + ["image", "umount", image]).check()
        return .tree(found)
    }

    /// The last line, without what differs from image to image.
    private static func lastWords(_ errors: String) -> String {
        let line = errors.split(separator: "\n").last.map(String.init) ?? ""
        return String(line.split(separator: ": ").suffix(2).joined(separator: ": ").prefix(100))
    }

    private static func tree(below root: URL) throws -> [String: ImageTree.Entry] {
        var entries: [String: ImageTree.Entry] = [:]
        // umoci makes no folder for an image without files.
        var waiting = FileManager.default.fileExists(atPath: root.path) ? [""] : []
        while let folder = waiting.popLast() {
            for name in try FileManager.default.contentsOfDirectory(atPath: root.path + folder) {
                let path = folder + "/" + name
                // Foundation cannot open names that are not UTF-8. An image with one is refused here.
                guard !name.contains("\u{fffd}") else {
                    entries[path] = .special
                    continue
                }
                let attributes = try FileManager.default.attributesOfItem(atPath: root.path + path)
                switch attributes[.type] as? FileAttributeType {
                case .typeDirectory:
                    entries[path] = .folder
                    waiting.append(path)
                case .typeSymbolicLink:
                    entries[path] = .link(try FileManager.default.destinationOfSymbolicLink(atPath: root.path + path))
                case .typeRegular:
                    entries[path] = .file([UInt8](try Data(contentsOf: URL(filePath: root.path + path))))
                default: entries[path] = .special
                }
            }
        }
        return entries
    }
}
