import Reporting
import ScratchImage
import SystemPackage
import Verification

extension ImageContents {
    /// What is wrong with the variables that say where a program looks for what the image holds for it: one sentence each.
    ///
    /// Certificates need no such sentence: if SSL_CERT_FILE names no file, Go still reads those in /etc/ssl/certs
    /// (crypto/x509/root_unix.go, loadSystemRoots).
    func misplacedVariables(among files: RootFiles, for needs: Set<RuntimeNeed>) -> [String] {
        func place(in variable: String) -> String? { environment[variable].flatMap { $0.isEmpty ? nil : $0 } }
        func holds(_ path: String) -> Bool {
            let name = FilePath(path).lexicallyNormalized().string.drop { $0 == "/" }
            return files.entries.contains { $0.path == name }
        }
        var sentences: [String] = []
        // Zones in a folder are found without the variable.
        if let zones = place(in: "ZONEINFO"), let own = files.environment.first, !holds(zones) {
            sentences.append(
                "the image has no \(zones.printable), which ZONEINFO names: programs do not find the time zones that the image has (\(own))"
            )
        }
        if let folder = place(in: "TMPDIR"), needs.contains(.temporaryFiles), !holds(folder) {
            sentences.append(
                "the image has no \(folder.printable), which TMPDIR names: making a temporary file fails unless something is mounted there; the image has /tmp"
            )
        }
        return sentences
    }
}
