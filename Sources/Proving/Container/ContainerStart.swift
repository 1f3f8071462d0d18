internal import CLinux
import Files
internal import Glibc
import GoBinary
import SystemPackage
internal import Verification

/// Watches a container until the first instruction of its program: the kernel has loaded it, and its own loader, if it has one,
/// has found all libraries.
struct ContainerStart {
    let child: pid_t
    let lines: ContainerLines
    let starter: Starter
    let machine: MachineKind?

    func proof() throws -> Proof {
        let message = lines.news.readToEnd(limit: 4096)
        if let failure = LaunchFailure(message) { return failure.proof(by: starter.name) }
        switch starter {
        case .emulator: return try emulated()
        case .kernel: return try traced()
        }
    }

    private func emulated() throws -> Proof {
        let request = ProofRequest(starter: starter, mode: .start)
        let proof = try Observation(child: child, output: lines.output, request: request, by: starter.name).proof()
        guard proof.outcome == .started, let machine else { return proof }
        return try EmulatedLoader(child: child, output: lines.output, starter: starter, machine: machine).proof()
    }

    /// A traced process stops with SIGTRAP when exec has set everything up (ptrace(2), "PTRACE_TRACEME").
    private func traced() throws -> Proof {
        var watch = LoaderWatch(child: child, output: lines.output, starter: starter)
        return try watch.proof { watch in
            let change = try watch.nextChange()
            guard change == .stopped(signal: SIGTRAP), let entry = entryBehindLoader() else {
                return watch.proof(change)
            }
            try stop(at: entry)
            var signal: Int32 = 0
            while true {
                try check(Int32(clinux_go_on(child, signal)), .ptrace)
                let change = try watch.nextChange()
                guard case .stopped(let number) = change, number != SIGTRAP else { return watch.proof(change) }
                signal = number
            }
        }
    }

    private func entryBehindLoader() -> UInt? {
        guard let file = try? FileDescriptor.open(FilePath("/proc/\(child)/auxv"), .readOnly, options: .closeOnExec),
            let bytes = try? file.closeAfter({ try file.readToEnd(limit: 4096) })
        else { return nil }
        return AuxiliaryVector(ofKernel: bytes).entryBehindLoader.map { UInt($0) }
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
