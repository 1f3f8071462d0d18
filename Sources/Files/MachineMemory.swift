/// The memory of this machine (proc(5), "/proc/meminfo").
public struct MachineMemory: Sendable, Hashable {
    /// All memory, in bytes; nil if the file does not say.
    public let total: Int?
    /// What programs can have without swapping, in bytes; nil if the file does not say.
    public let available: Int?

    /// Reads the text of `/proc/meminfo`, whose lines are names and numbers of KiB: `MemTotal:  16316412 kB`.
    public init(meminfo text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        func bytes(_ name: String) -> Int? {
            let line = lines.first { $0.first == Substring(name) }
            return line?.dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
        }
        total = bytes("MemTotal:")
        available = bytes("MemAvailable:")
    }
}
