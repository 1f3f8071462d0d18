internal import CLinux
import Files
internal import Glibc
internal import Verification

/// Watches a container until the first instruction of its program: the kernel has loaded it, and its own loader, if it has one,
/// has found all libraries.
struct ContainerStart {
    let child: pid_t
    let lines: ContainerLines
    let starter: Starter

    private static let secondsToLoad = 10

    func proof() throws -> Proof {
        let message = lines.news.readToEnd(limit: 4096)
        if let failure = LaunchFailure(message) { return failure.proof(by: starter.name) }
        switch starter {
        case .emulator:
            let request = ProofRequest(starter: starter, mode: .start)
            return try Observation(child: child, output: lines.output, request: request, by: starter.name).proof()
        case .kernel: return try traced()
        }
    }

    /// A traced process stops with SIGTRAP when exec has set everything up (ptrace(2), "PTRACE_TRACEME").
    private func traced() throws -> Proof {
        var status: Int32 = 0
        try check(unsafe waitpid(child, &status, 0), .waitpid)
        let change = ProcessChange(waitStatus: status)
        guard change == .stopped(signal: SIGTRAP) else { return change.proof(.start, by: starter.name, output: []) }
        guard let entry = entryBehindLoader() else { return Proof(.started, by: starter.name) }
        try stop(at: entry)
        var output: [UInt8] = []
        let clock = ContinuousClock()
        let end = clock.now + .seconds(ContainerStart.secondsToLoad)
        var signal: Int32 = 0
        while clock.now < end {
            try check(Int32(clinux_go_on(child, signal)), .ptrace)
            while unsafe waitpid(child, &status, WNOHANG) == 0, clock.now < end {
                if lines.output.hasInput(waiting: 10), let bytes = lines.output.readSome() {
                    output += bytes.prefix(Observation.outputLimit - output.count)
                }
            }
            let change = ProcessChange(waitStatus: status)
            guard case .stopped(let number) = change, number != SIGTRAP else {
                return change.proof(.start, by: starter.name, output: output)
            }
            signal = number
        }
        return Proof(
            .refused, by: starter.name, detail: "its loader did not end within \(ContainerStart.secondsToLoad) s")
    }

    /// Where the program begins once its loader is done; nil if it has none (getauxval(3): AT_BASE is the loader's place).
    private func entryBehindLoader() -> UInt? {
        guard let descriptor = try? OpenVector(of: child) else { return nil }
        return descriptor.values[7].flatMap { $0 == 0 ? nil : descriptor.values[9] }
    }

    /// Puts a breakpoint at an address.
    private func stop(at address: UInt) throws(SystemCallError) {
        var word = 0
        try check(Int32(unsafe clinux_peek(child, address, &word)), .ptrace)
        #if arch(x86_64)
            let stopping = word & ~0xff | 0xcc  // INT3
        #else
            let stopping = word & ~0xffff_ffff | 0xd420_0000  // BRK #0
        #endif
        try check(Int32(clinux_poke(child, address, stopping)), .ptrace)
    }
}

/// The auxiliary vector of a process (getauxval(3)), as pairs of machine words.
private struct OpenVector {
    let values: [UInt: UInt]

    init(of process: pid_t) throws {
        let descriptor = unsafe open("/proc/\(process)/auxv", O_RDONLY | O_CLOEXEC)
        try check(descriptor, .write("auxv"))
        defer { close(descriptor) }
        var words = [UInt](repeating: 0, count: 128)
        let count = unsafe words.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        var values: [UInt: UInt] = [:]
        for place in stride(from: 0, to: max(0, count) / (2 * MemoryLayout<UInt>.size) * 2, by: 2) {
            values[words[place]] = words[place + 1]
        }
        self.values = values
    }
}
