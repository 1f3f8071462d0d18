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
            throw KeyError(error.reason)
        }
        guard !isPrivate || snapshot.permissions & 0o077 == 0 else {
            let mode = String(snapshot.permissions, radix: 8)
            throw KeyError("others can read it (mode \(mode)): chmod 600 it, and think about making a new one")
        }
        guard snapshot.bytes.count <= 1 << 16, let text = String(validating: snapshot.bytes, as: UTF8.self) else {
            throw KeyError("it is no PEM document")
        }
        return text
    }
}
