import Attestation
import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Verification

/// A program in a folder of its own, with its stamp beside it, for the gate to look at.
struct StampedFile {
    /// 2026-01-02T03:04:05Z, by `date -d`.
    static let time = 1_767_323_045

    let folder: TemporaryFolder
    let content: [UInt8]
    let binary: FilePath

    init(
        key: SigningKey?, isSigstore: Bool = false, sample: String = "go-linux-amd64", platform: String = "linux/amd64",
        policy: Policy = .standard, time: Int = StampedFile.time
    ) throws {
        folder = try TemporaryFolder()
        content = try Checkout.bytes(ofSample: sample)
        binary = FilePath(folder.url.appending(path: "app").path)
        try Data(content).write(to: URL(filePath: binary.string))
        let subject = Subject(content, expected: try Platform(parsing: platform), isGoBuild: true, permissions: 0o755)
        let stamp = Stamp(
            name: "app", digest: Digest(of: content), platform: try Platform(parsing: platform), subject: subject,
            judgement: policy.judge(subject), policy: policy, maker: .init(version: ["staticcheck": "0"], time: time))
        try stamp.write(beside: binary, as: Stamp.Form(key: key, isSigstore: isSigstore))
    }

    func path(_ file: StampFile) -> String { file.path(of: binary).string }

    func bytes(_ file: StampFile) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path(file)))) }

    func json(_ file: StampFile) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(bytes(file))) as? [String: Any] ?? [:]
    }

    func write(_ text: String, to file: StampFile = .signed) throws {
        try Data(text.utf8).write(to: URL(filePath: path(file)))
    }

    /// The lines of the signed stamp.
    func lines() throws -> [String] {
        String(decoding: try bytes(.signed), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The summary's statement, as text.
    func statement() throws -> String {
        let envelope = try JSONDecoder().decode(Envelope.self, from: Data(lines()[0].utf8))
        return String(decoding: Data(base64Encoded: envelope.payload) ?? Data(), as: UTF8.self)
    }

    /// Puts another statement into the place of the stamp, signed by a key.
    func write(statement: String, signedBy key: SigningKey) throws {
        let envelope = try Envelope(signing: Array(statement.utf8), with: key)
        try write(String(decoding: JSONEncoder().encode(envelope), as: UTF8.self) + "\n")
    }

    /// The first line as JSON, changed, in the place of the stamp.
    func rewriteEnvelope(_ change: (inout [String: Any]) -> Void) throws {
        var envelope = try JSONSerialization.jsonObject(with: Data(lines()[0].utf8)) as? [String: Any] ?? [:]
        change(&envelope)
        try write(String(decoding: JSONSerialization.data(withJSONObject: envelope), as: UTF8.self) + "\n")
    }
}
