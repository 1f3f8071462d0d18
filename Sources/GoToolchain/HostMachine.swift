import Files
import FoundationEssentials
import SystemPackage

/// The cores and memory that this process may use: those of the machine, or fewer if a control group limits them.
public struct HostMachine: Sendable, Hashable {
    /// The number of cores, at least 1.
    public let cores: Int
    /// The memory that is free or can be freed without swapping, in bytes.
    public let availableMemory: Int

    /// The GOARCH that this program was compiled for; nil if it is neither amd64 nor arm64.
    public static var goarch: String? {
        #if arch(x86_64)
            "amd64"
        #elseif arch(arm64)
            "arm64"
        #else
            nil
        #endif
    }

    /// Measures the machine. This is the one measurement in this module; all other code gets its result.
    public static var current: HostMachine {
        HostMachine(processors: ProcessInfo.processInfo.activeProcessorCount) { KernelFile.text(FilePath($0)) }
    }

    /// Reads the files of Linux (proc(5), meminfo; Documentation/admin-guide/cgroup-v2.rst and cgroup-v1).
    ///
    /// - Parameters:
    ///   - processors: The number of processors that the scheduler gives this process.
    ///   - read: Returns the text of a file; nil if there is none.
    public init(processors: Int, read: (String) -> String?) {
        let group = "/sys/fs/cgroup"
        func number(_ path: String) -> Int? {
            read(path).flatMap { Int($0.prefix { $0.isNumber }) }
        }
        let quota = read("\(group)/cpu.max")?.split(whereSeparator: \.isWhitespace) ?? []
        let granted = quota.count == 2 ? Int(quota[0]).flatMap { limit in Int(quota[1]).map { (limit, $0) } } : nil
        cores = max(1, min(processors, granted.map { ($0 + $1 - 1) / max(1, $1) } ?? processors))

        let free = read("/proc/meminfo").flatMap { MachineMemory(meminfo: $0).available } ?? 1 << 30
        let rooms = [
            ("memory.max", "memory.current"), ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
        ]
        .compactMap { limit, used in
            number("\(group)/\(limit)").flatMap { limit in number("\(group)/\(used)").map { max(0, limit - $0) } }
        }
        availableMemory = rooms.reduce(free, min)
    }
}
