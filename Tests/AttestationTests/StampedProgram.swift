import Attestation
import Foundation
import GoBinary
import SystemPackage
import TestSupport
import Verification

/// The smallest static program for linux/amd64: an ELF header, one PT_LOAD, and `exit(0)`.
enum TinyProgram {
    /// `mov eax, 60; xor edi, edi; syscall`.
    private static let code: [UInt8] = [0xb8, 0x3c, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05]

    /// The file, as /usr/include/elf.h lays it out. Linux runs it.
    static let bytes: [UInt8] = {
        var file: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        func put(_ value: UInt64, _ width: UInt64) {
            for index in 0..<width { file.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
        }
        let size = UInt64(64 + 56 + code.count)
        // e_type … e_shstrndx
        for (value, width) in [
            (2, 2), (62, 2), (1, 4), (0x400078, 8), (64, 8), (0, 8), (0, 4), (64, 2), (56, 2), (1, 2), (0, 2), (0, 2),
            (0, 2),
        ] as [(UInt64, UInt64)] { put(value, width) }
        // p_type … p_align
        for (value, width) in [
            (1, 4), (5, 4), (0, 8), (0x400000, 8), (0x400000, 8), (size, 8), (size, 8), (0x1000, 8),
        ] as [(UInt64, UInt64)] { put(value, width) }
        return file + code
    }()

    /// What `sha256sum` prints for the file.
    static let digest = "87858b6b4d11ebf4caff9c548fb26bd9da6dea051cc22b61006afb180c2793a3"
}

/// The tiny program in a folder of its own, with a stamp beside it.
struct StampedProgram {
    /// 2026-01-02T03:04:05Z, by `date -d`.
    static let time = 1_767_323_045

    let folder: TemporaryFolder
    let content: [UInt8]
    let binary: FilePath
    private let stamp: Stamp
    private let form: Stamp.Form

    init(
        key: SigningKey?, isSigstore: Bool = false, content: [UInt8] = TinyProgram.bytes,
        platform: String = "linux/amd64", policy: Policy = .standard, time: Int = StampedProgram.time,
        proof: Proof? = nil, reproduction: Reproduction? = nil
    ) throws {
        folder = try TemporaryFolder()
        self.content = content
        binary = FilePath(folder.url.appending(path: "app").path)
        try Data(content).write(to: URL(filePath: binary.string))
        let subject = Subject(content, expected: try Platform(parsing: platform), permissions: 0o755)
            .with(proof).with(reproduction)
        stamp = Stamp(
            name: "app", digest: Digest(of: content), platform: try Platform(parsing: platform), subject: subject,
            judgement: policy.judge(subject),
            maker: .init(version: ["staticcheck": "0"], time: time, policy: policy))
        form = Stamp.Form(key: key, isSigstore: isSigstore)
        try write()
    }

    /// Writes the stamp once more.
    func write() throws { try stamp.write(beside: binary, as: form) }

    func path(_ file: StampFile) -> String { file.path(of: binary).string }

    func bytes(_ file: StampFile) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path(file)))) }

    func text(_ file: StampFile) throws -> String { String(decoding: try bytes(file), as: UTF8.self) }

    func remove(_ file: StampFile) throws { try FileManager.default.removeItem(atPath: path(file)) }

    func write(_ text: String, to file: StampFile = .signed) throws {
        try Data(text.utf8).write(to: URL(filePath: path(file)))
    }

    /// The lines of the signed stamp.
    func lines() throws -> [String] { try text(.signed).split(separator: "\n").map(String.init) }

    /// The statement in a line of the signed stamp.
    func statement(line: Int = 0) throws -> String {
        let envelope = try JSONDecoder().decode(Envelope.self, from: Data(lines()[line].utf8))
        return String(decoding: Data(base64Encoded: envelope.payload) ?? Data(), as: UTF8.self)
    }

    /// Replaces the stamp with another statement, signed with a key.
    func write(statement: String, signedBy key: SigningKey) throws {
        let envelope = try Envelope(signing: Array(statement.utf8), with: key)
        try write(String(decoding: JSONEncoder().encode(envelope), as: UTF8.self) + "\n")
    }

    /// Replaces the stamp with its first line, changed.
    func rewriteEnvelope(_ change: (inout [String: Any]) -> Void) throws {
        var envelope = try JSONSerialization.jsonObject(with: Data(lines()[0].utf8)) as? [String: Any] ?? [:]
        change(&envelope)
        try write(String(decoding: JSONSerialization.data(withJSONObject: envelope), as: UTF8.self) + "\n")
    }
}
