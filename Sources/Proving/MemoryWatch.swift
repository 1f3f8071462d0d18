internal import CLinux
import Files
internal import Glibc
import SystemPackage
internal import Verification

/// Adds up the memory of the processes of a container or of an empty root.
///
/// A cgroup would do that, but only root may make one, and only where no runtime hides them.
struct MemoryWatch {
    /// Why they are ended.
    enum Excess: Error {
        /// They use more than the limit.
        case container
        /// The machine has little memory left. Some memory of the kernel is not counted for any process.
        case machine

        /// The words of a report.
        var words: String {
            switch self {
            case .container: "ended: its processes use more than \(MemoryWatch.limit >> 30) GiB"
            case .machine: "ended: this machine has too little memory left"
            }
        }

        /// What it says of the program: nothing, if others may have used the memory.
        var outcome: Proof.Outcome {
            switch self {
            case .container: .failed
            case .machine: .notProved
            }
        }
    }

    /// The memory of all processes together, in bytes.
    private static let limit = 1 << 30

    private let first: pid_t
    private var nextLook = ContinuousClock.now

    private static let pause = Duration.milliseconds(100)
    /// How many open files are looked at each time: a hostile program has more, and then the machine's memory is the limit.
    private static let descriptorLimit = 10_000
    /// The part of the machine's memory that must be available.
    private static let reserve = 16

    /// - Parameter first: The first process, from which all others come.
    init(of first: pid_t) { self.first = first }

    /// What is exceeded; nil if nothing is. It looks ten times a second.
    mutating func excess() -> Excess? {
        guard ContinuousClock.now >= nextLook else { return nil }
        nextLook = .now + MemoryWatch.pause
        if MemoryWatch.isMachineFull() { return .machine }
        return bytes(of: processes()) > MemoryWatch.limit ? .container : nil
    }

    /// The first process and all that come from it: a process whose parent ends becomes a child of the first one
    /// (pid_namespaces(7)).
    private func processes() -> [String] {
        var found = ["\(first)"]
        var place = 0
        while place < found.count, found.count < MemoryWatch.descriptorLimit {
            let folder = "/proc/\(found[place])/task"
            place += 1
            for thread in (try? Folder.names(in: FilePath(folder))) ?? [] {
                let children = KernelFile.text(FilePath("\(folder)/\(thread.string)/children")) ?? ""
                found += children.split(separator: " ").map(String.init)
            }
        }
        return found
    }

    /// What processes use. What they share with files in memory counts once.
    private func bytes(of processes: [String]) -> Int {
        var own = 0
        var shared = 0
        var files = MemoryFiles(limit: MemoryWatch.descriptorLimit)
        for process in processes {
            // In pages: all, resident, shared (proc(5), "statm").
            let pages = MemoryWatch.fields("/proc/\(process)/statm")
            guard pages.count > 2 else { continue }
            own += max(0, pages[1] - pages[2]) * 4096
            shared += pages[2] * 4096
            files.add(of: process)
        }
        return own + max(shared, files.bytes + MemoryWatch.segmentBytes())
    }

    /// The System V shared memory of the container, whose namespace this process is in too (proc(5), "/proc/sysvipc").
    private static func segmentBytes() -> Int {
        let lines = (KernelFile.text("/proc/sysvipc/shm", limit: 1 << 22) ?? "").split(separator: "\n").dropFirst()
        return lines.reduce(0) { sum, line in
            let columns = line.split(separator: " ")
            return sum + (columns.count > 14 ? (Int(columns[14]) ?? 0) : 0)
        }
    }

    private static func isMachineFull() -> Bool {
        let memory = MachineMemory(meminfo: KernelFile.text("/proc/meminfo") ?? "")
        guard let all = memory.total, let available = memory.available else { return false }
        return available < all / reserve
    }

    private static func fields(_ path: String) -> [Int] {
        (KernelFile.text(FilePath(path)) ?? "").split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    }
}

/// The files without a disk that processes hold open (memfd_create(2)), each counted once.
private struct MemoryFiles {
    private(set) var bytes = 0
    private var seen: Set<UInt64> = []
    private var left: Int

    init(limit: Int) { left = limit }

    mutating func add(of process: String) {
        let folder = "/proc/\(process)/fd"
        for name in (try? Folder.names(in: FilePath(folder))) ?? [] {
            guard left > 0 else { return }
            left -= 1
            let path = folder + "/" + name.string
            guard KernelLink.target(path)?.hasPrefix("/memfd:") == true else { continue }
            var facts = stat()
            guard unsafe stat(path, &facts) == 0, seen.insert(UInt64(facts.st_ino)).inserted else { continue }
            bytes += Int(facts.st_blocks) * 512
        }
    }
}
