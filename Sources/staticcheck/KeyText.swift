import Attestation
import Files
import SystemPackage

/// The text of a key file.
enum KeyText {
    static func read(_ path: String, isPrivate: Bool) throws(KeyError) -> String {
        let snapshot: FileSnapshot
        do {
            snapshot = try FileSnapshot(FilePath(path))
        } catch {
            throw .unreadable(error)
        }
        guard !isPrivate || snapshot.permissions & 0o077 == 0 else {
            throw .readableByOthers(mode: snapshot.permissions)
        }
        guard snapshot.bytes.count <= 1 << 16, let text = String(validating: snapshot.bytes, as: UTF8.self) else {
            throw .notPEM
        }
        return text
    }
}
