import Foundation
import TestSupport
import Testing

/// Where a hostile image is started: a folder for temporary files, and a process beside it that nothing may end.
struct HostilePlace {
    /// Whether every image is started, and not only one of each kind.
    static let isComplete = ProcessInfo.processInfo.environment["EVERY_HOSTILE_IMAGE"] != nil

    private let folder: TemporaryFolder
    private let witness = Process()
    private let before: [String]
    private let memory: Int

    init() throws {
        folder = try TemporaryFolder()
        before = try FileManager.default.contentsOfDirectory(atPath: "/etc")
        memory = try HostilePlace.sharedMemory()
        witness.executableURL = URL(filePath: "/bin/sleep")
        witness.arguments = ["1000"]
        witness.standardOutput = FileHandle.nullDevice
        witness.standardError = FileHandle.nullDevice
        try witness.start()
    }

    /// Ends the witness. SIGTERM is blocked in children of the tests.
    func close() { kill(witness.processIdentifier, SIGKILL) }

    /// The container's root is written in the folder.
    var environment: [String: String] { ["TMPDIR": folder.url.path] }

    /// Starts an image, and expects that it takes no longer than a limit.
    func prove(_ image: ProvenImage, _ arguments: [String], within limit: Duration) throws -> ProvenImage.Result {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try image.prove(arguments, environment: environment)
        #expect(clock.now - start < limit)
        return result
    }

    /// Expects no process, no file and no mount of a container, and that the machine's files are as before.
    func expectNothingIsLeft() throws {
        #expect(witness.isRunning)
        let processes = try Execution("pgrep", ["-f", "__prove-container"]).output.split(separator: "\n")
        let own = processes.filter { process in
            let input = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/fd/0")
            return input?.hasPrefix(folder.url.path) == true
        }
        #expect(own.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "/etc") == before)
        #expect(try !String(contentsOfFile: "/proc/mounts", encoding: .utf8).contains("container /"))
    }

    /// Expects that no files in memory or segments of a container are left, a few seconds after its end: the kernel does not
    /// free a namespace at once.
    func expectNoSharedMemoryIsLeft() throws {
        let isFree = { try HostilePlace.sharedMemory() < memory + 512 << 10 }
        for _ in 0..<100 where try !isFree() { usleep(100_000) }
        #expect(try isFree())
    }

    /// The memory of files without a disk, in KiB (proc(5), "/proc/meminfo").
    private static func sharedMemory() throws -> Int {
        let lines = try String(contentsOfFile: "/proc/meminfo", encoding: .utf8).split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("Shmem:") })
        return try #require(Int(line.split(separator: " ")[1]))
    }
}
