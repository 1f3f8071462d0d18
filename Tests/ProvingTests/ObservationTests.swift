import Testing
import Verification

@testable import Proving

/// wait(2): the low seven bits are the signal that killed the process, 0x7f says that it is stopped, the next byte is the exit
/// code or the signal that stopped it.
@Suite struct ProcessChangeTests {
    @Test(
        arguments: [
            (0x0000, .exited(code: 0)), (0x0300, .exited(code: 3)), (0xff00, .exited(code: 255)),
            (0x0009, .killed(signal: 9)), (0x000b, .killed(signal: 11)), (0x008b, .killed(signal: 11)),
            (0x057f, .stopped(signal: 5)), (0x137f, .stopped(signal: 19)),
        ] as [(Int32, ProcessChange)])
    func aWaitStatusIsRead(status: Int32, change: ProcessChange) {
        #expect(ProcessChange(waitStatus: status) == change)
    }

    /// ptrace(2): after a successful exec a traced process is sent SIGTRAP.
    @Test func aStopByTheTrapOfExecIsAStart() {
        let proof = ProcessChange.stopped(signal: 5).proof(.start, by: "linux", output: [])
        #expect(proof.outcome == .started && proof.by == "linux" && proof.detail == nil)
    }

    @Test(
        arguments: [
            (.killed(signal: 11), .start, .refused, "killed by SIGSEGV (Segmentation fault)"),
            (.killed(signal: 9), .start, .refused, "killed by SIGKILL (Killed)"),
            (.stopped(signal: 11), .start, .refused, "killed by SIGSEGV (Segmentation fault)"),
            (.exited(code: 1), .start, .refused, "not loaded (exit code 1)"),
            (.exited(code: 0), .run([]), .ran, "exit code 0"),
            (.exited(code: 2), .run(["-v"]), .failed, "exit code 2"),
            (.killed(signal: 6), .run([]), .refused, "killed by SIGABRT (Aborted)"),
        ] as [(ProcessChange, ProofMode, Proof.Outcome, String)])
    func anEndIsAResult(change: ProcessChange, mode: ProofMode, outcome: Proof.Outcome, detail: String) {
        let proof = change.proof(mode, by: "linux", output: [])
        #expect(proof.outcome == outcome && proof.detail == detail)
        let said = change.proof(mode, by: "linux", output: Array("first\nsecond\n".utf8))
        #expect(said.detail == detail + "; it said: first")
    }
}

/// proc(5), /proc/net/tcp: local address and port in hexadecimal, then the remote ones, then the state; 0A is LISTEN.
@Suite struct ListeningTests {
    private let head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n"

    @Test(arguments: [
        ("   0: 00000000:04D2 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0\n", true),
        ("   0: 0100007F:04D2 0100007F:1F90 01 00000000:00000000 00:00000000 00000000 0\n", false),
        ("   0: 00000000:14D2 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0\n", false),
        ("   0: 0100007F:1F90 00000000:04D2 0A 00000000:00000000 00:00000000 00000000 0\n", false), ("", false),
    ])
    func aListeningSocketIsFoundByItsPort(line: String, isListening: Bool) {
        #expect(Observation.isListening(on: 1234, in: head + line) == isListening)
    }
}

/// errno(3) and signal(7).
@Suite struct KernelNameTests {
    @Test(
        arguments: [
            (1, "EPERM (Operation not permitted)"), (2, "ENOENT (No such file or directory)"),
            (8, "ENOEXEC (Exec format error)"), (13, "EACCES (Permission denied)"), (22, "EINVAL (Invalid argument)"),
            (40, "ELOOP (Too many levels of symbolic links)"),
            (80, "ELIBBAD (Accessing a corrupted shared library)"),
            (28, "error 28 (No space left on device)"), (9999, "error 9999 (Unknown error 9999)"),
        ] as [(Int32, String)])
    func errorsHaveTheirNames(code: Int32, name: String) { #expect(KernelName.error(code) == name) }

    @Test(
        arguments: [
            (4, "SIGILL (Illegal instruction)"), (6, "SIGABRT (Aborted)"), (7, "SIGBUS (Bus error)"),
            (9, "SIGKILL (Killed)"), (11, "SIGSEGV (Segmentation fault)"), (31, "SIGSYS (Bad system call)"),
            (24, "SIGXCPU (CPU time limit exceeded)"), (10, "SIGUSR1 (User defined signal 1)"),
            (29, "signal 29 (I/O possible)"),
        ] as [(Int32, String)])
    func signalsHaveTheirNames(number: Int32, name: String) { #expect(KernelName.signal(number) == name) }
}
