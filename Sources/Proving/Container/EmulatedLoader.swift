internal import ELF
internal import Glibc
import GoBinary
internal import Verification

/// The loader of a program in an emulator, which waits for a debugger before the loader's first instruction. It is followed as the
/// kernel's own programs are: up to the program's first instruction.
struct EmulatedLoader {
    let child: pid_t
    let output: Pipe
    let starter: Starter
    let machine: MachineKind

    /// The emulator has not answered as the protocol says.
    private struct Misunderstanding: Error {}

    func proof() throws -> Proof {
        var watch = LoaderWatch(child: child, output: output, starter: starter)
        return try watch.proof { watch in
            do {
                var debugger = DebuggerConnection(try LoopbackConnection.open(UInt16(Observation.debuggerPort)))
                defer { debugger.disconnect() }
                guard let entry = try entryBehindLoader(&debugger, &watch) else {
                    return Proof(.started, by: starter.name)
                }
                guard try answer(to: breakpoint(at: entry), &debugger, &watch) == Array("OK".utf8) else {
                    throw Misunderstanding()
                }
                return try follow(&debugger, &watch)
            } catch DebuggerConnection.Failure.closed {
                return watch.proof(try watch.nextChange())
            } catch let error where error is DebuggerConnection.Failure || error is Misunderstanding {
                return Proof(.notProved, by: starter.name, detail: "the emulator does not answer as a debugger expects")
            }
        }
    }

    /// Lets the loader run, and gives it the signals that it would get. The replies are those of
    /// https://sourceware.org/gdb/current/onlinedocs/gdb.html/Stop-Reply-Packets.html
    private func follow(_ debugger: inout DebuggerConnection, _ watch: inout LoaderWatch) throws -> Proof {
        var command = "c"
        while true {
            let reply = String(decoding: try answer(to: command, &debugger, &watch).prefix(3), as: UTF8.self)
            switch reply.first {
            case "T", "S":
                // 5 is SIGTRAP, also where the machine has another number for it.
                if reply.dropFirst() == "05" { return watch.proof(.stopped(signal: SIGTRAP)) }
                guard let signal = UInt8(reply.dropFirst(), radix: 16) else { throw Misunderstanding() }
                command = "C" + String(signal, radix: 16)
            case "W", "X": return watch.proof(try watch.nextChange())
            default: throw Misunderstanding()
            }
        }
    }

    private func answer(
        to command: String, _ debugger: inout DebuggerConnection, _ watch: inout LoaderWatch
    ) throws -> [UInt8] {
        try debugger.send(command)
        return try watch.wait { _ in try debugger.packet() }
    }

    /// The address of the program's first instruction; nil if it has no loader.
    private func entryBehindLoader(_ debugger: inout DebuggerConnection, _ watch: inout LoaderWatch) throws -> UInt64? {
        // There AT_ENTRY is the address of a function descriptor, which the loader still has to fill in (64-bit PowerPC ELF ABI).
        if machine.goarch == "ppc64" { return nil }
        let reply = try answer(to: "qXfer:auxv:read::0,7f0", &debugger, &watch)
        // "m" says that more follows, "l" that this is the last part.
        guard let first = reply.first, [UInt8(ascii: "l"), UInt8(ascii: "m")].contains(first) else {
            throw Misunderstanding()
        }
        return AuxiliaryVector(Array(reply.dropFirst()), machine.elfClass, machine.byteOrder).entryBehindLoader
    }

    /// The command for a breakpoint. Its last number is the size of an instruction, by which a stub for arm tells Thumb.
    private func breakpoint(at entry: UInt64) -> String {
        // The lowest bit chooses the instruction set: Thumb on arm, the compressed ones on mips.
        let hasMode = machine.machine == .arm || machine.machine == .mips
        let isShort = hasMode && entry & 1 == 1
        return "Z0,\(String(hasMode ? entry & ~1 : entry, radix: 16)),\(isShort ? 2 : 4)"
    }
}
