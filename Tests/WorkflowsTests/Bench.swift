import Attestation
import Foundation
import GoToolchain
import Reporting
import Synchronization
import SystemPackage
import TestSupport
import Testing
import Workflows

/// A folder and surroundings for one test: a fixed clock, an environment that the test chooses, and notes that are kept.
struct Bench {
    /// 2027-01-15 08:00:00 UTC: `date -u -d @1800000000`.
    static let time = 1_800_000_000

    let folder: TemporaryFolder
    let listener = CollectingListener()
    var environment: [String: String] = [:]
    var now = Bench.time

    init() throws { folder = try TemporaryFolder() }

    var path: FilePath { FilePath(folder.url.path) }

    var context: Context {
        let now = now
        return Context(
            environment: environment, folder: path, now: { now },
            machine: { HostMachine(processors: 2, read: { _ in nil }) }, listener: listener)
    }

    func path(_ name: String) -> FilePath { path.pushing(FilePath(name)) }

    func holds(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name).string) }

    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.url.appending(path: name)))
    }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func permissions(_ name: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name).string)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    /// Writes a program.
    @discardableResult
    func write(_ program: TinyELF, to name: String, mode: Int = 0o755) throws -> FilePath {
        let url = folder.url.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(program.bytes).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
        return path(name)
    }

    /// Writes a program for each of two platforms into `dist`, and stamps them.
    ///
    /// - Parameter key: The key that signs; nil makes unsigned stamps.
    func writeStampedPrograms(key: SigningKey? = nil) async throws {
        try write(.program, to: "dist/linux/amd64/app")
        try write(.arm64, to: "dist/linux/arm64/app")
        var request = VerifyRequest(files: [path("dist")])
        request.stamps = StampSettings(key: key)
        #expect(try await VerifyWorkflow.run(request, in: context).exitCode == 0)
    }

    /// A bench with stamped programs, and the environment of a run that makes an image of them.
    static func ofImages() async throws -> Bench {
        var bench = try Bench()
        bench.environment["PATH"] = "/usr/bin:/bin"
        bench.environment["SOURCE_DATE_EPOCH"] = "1700000000"
        try await bench.writeStampedPrograms()
        return bench
    }
}

/// Keeps what a run tells.
final class CollectingListener: Listener {
    private let state = Mutex(
        (notes: [String](), details: [String](), files: [FileProgress](), activities: [Activity](), steps: [String]()))

    var notes: [String] { state.withLock { $0.notes } }
    var details: [String] { state.withLock { $0.details } }
    var files: [FileProgress] { state.withLock { $0.files } }
    var activities: [Activity] { state.withLock { $0.activities } }
    var steps: [String] { state.withLock { $0.steps } }

    func note(_ line: String) { state.withLock { $0.notes.append(line) } }
    func detail(_ line: String) { state.withLock { $0.details.append(line) } }
    func files(_ progress: FileProgress) { state.withLock { $0.files.append(progress) } }
    func activity(_ activity: Activity) { state.withLock { $0.activities.append(activity) } }
    func matrix(_ event: MatrixEvent) async { state.withLock { $0.steps.append("\(event)") } }
    func checked(_ report: Report) { state.withLock { $0.notes.append("checked \(report.exitCode)") } }
}

/// A program of two headers and nine bytes of code, made by hand from the ELF specification:
/// https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html.
struct TinyELF {
    var machine: UInt16 = 62
    /// The path in PT_INTERP; nil makes a static program.
    var interpreter: String?

    /// x86-64, static: what the kernel starts without anything else.
    static let program = TinyELF()
    /// The same for arm64 (EM_AARCH64 is 183).
    static let arm64 = TinyELF(machine: 183)
    /// A program that needs the loader of glibc.
    static let dynamic = TinyELF(interpreter: "/lib64/ld-linux-x86-64.so.2")

    /// Word by word, little-endian.
    var bytes: [UInt8] {
        let base: UInt64 = 0x400000
        let count: UInt64 = interpreter == nil ? 2 : 3
        let name: [UInt8] = interpreter.map { [UInt8]($0.utf8) + [0] } ?? []
        let code: [UInt8] = [0xb8, 0x3c, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05]
        let nameOffset = 64 + 56 * count
        let codeOffset = nameOffset + UInt64(name.count)
        let size = codeOffset + UInt64(code.count)
        var file: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        file += word(UInt16(2)) + word(machine) + word(UInt32(1))
        file += word(base + codeOffset) + word(UInt64(64)) + word(UInt64(0)) + word(UInt32(0))
        file += word(UInt16(64)) + word(UInt16(56)) + word(UInt16(count)) + word(UInt16(0)) * 3
        if interpreter != nil {
            file += header(type: 3, flags: 4, offset: nameOffset, address: base + nameOffset, size: UInt64(name.count))
        }
        file += header(type: 1, flags: 5, offset: 0, address: base, size: size)
        file += header(type: 0x6474_e551, flags: 6, offset: 0, address: 0, size: 0)
        return file + name + code
    }

    private func header(type: UInt32, flags: UInt32, offset: UInt64, address: UInt64, size: UInt64) -> [UInt8] {
        word(type) + word(flags) + word(offset) + word(address) + word(address) + word(size) + word(size)
            + word(UInt64(0x1000))
    }

    private func word(_ number: some FixedWidthInteger) -> [UInt8] {
        (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}

private func * (bytes: [UInt8], count: Int) -> [UInt8] { (0..<count).flatMap { _ in bytes } }
