import Attestation
import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Verification

/// A sample in a folder of its own, with a stamp beside it.
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
            judgement: policy.judge(subject),
            maker: .init(version: ["staticcheck": "0"], time: time, policy: policy))
        try stamp.write(beside: binary, as: Stamp.Form(key: key, isSigstore: isSigstore))
    }

    func path(_ file: StampFile) -> String { file.path(of: binary).string }

    func bytes(_ file: StampFile) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path(file)))) }

    func json(_ file: StampFile) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(bytes(file))) as? [String: Any] ?? [:]
    }
}
