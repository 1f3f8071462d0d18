import Files
internal import Glibc
import SystemPackage

/// Adds up the memory of a container's processes: those that see the same processes as its first one.
struct MemoryWatch {
    private let space: String?
    private let first: pid_t
    private var nextLook = ContinuousClock.now

    private static let pause = Duration.milliseconds(100)

    init(of first: pid_t) {
        self.first = first
        space = MemoryWatch.space(of: "\(first)")
    }

    /// Whether they use more than the limit. It looks ten times a second.
    mutating func isExceeded() -> Bool {
        guard let space, ContinuousClock.now >= nextLook else { return false }
        nextLook = .now + MemoryWatch.pause
        // Most containers have one process: the others are looked for only if that one has children.
        let own = MemoryWatch.resident("\(first)")
        let children = KernelFile.text(FilePath("/proc/\(first)/task/\(first)/children")) ?? ""
        guard !children.isEmpty || own > ContainerSpecification.Limit.memory / 2 else { return false }
        let names = ((try? Folder.names(in: "/proc")) ?? []).map(\.string)
        let processes = names.filter { $0.first?.isNumber == true && MemoryWatch.space(of: $0) == space }
        return processes.map(MemoryWatch.resident).reduce(0, +) > ContainerSpecification.Limit.memory
    }

    /// The bytes of a process in memory (proc(5), "statm").
    private static func resident(_ process: String) -> Int {
        let fields = KernelFile.text(FilePath("/proc/\(process)/statm"))?.split(separator: " ") ?? []
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4096 : 0
    }

    private static func space(of process: String) -> String? { KernelLink.target("/proc/\(process)/ns/pid") }
}
