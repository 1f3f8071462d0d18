import Files
internal import Glibc
import SystemPackage

/// Finds out that an emulator wants to end as its program did, by a signal, and cannot.
///
/// It sends the signal to itself. To the first process of a namespace the kernel does not deliver it (pid_namespaces(7)), and the
/// emulator waits for it without an end: `dump_core_and_abort` of qemu (linux-user/signal.c).
struct StuckEmulator {
    private let child: pid_t
    private var nextLook = ContinuousClock.now

    private static let pause = Duration.milliseconds(100)
    private static let words = Array("qemu: uncaught target signal ".utf8)
    private static let threadLimit = 512

    init(of child: pid_t) { self.child = child }

    /// The end that it cannot have; nil if it has not come to that. It looks ten times a second.
    ///
    /// A program can wait for one signal alone too, so the emulator must also have said that a signal ended the program.
    mutating func end(after output: ProgramOutput) -> ProcessChange? {
        guard ContinuousClock.now >= nextLook else { return nil }
        nextLook = .now + StuckEmulator.pause
        guard output.hasLately(StuckEmulator.words) else { return nil }
        let folder = "/proc/\(child)/task"
        let threads = ((try? Folder.names(in: FilePath(folder))) ?? []).prefix(StuckEmulator.threadLimit)
        return threads.lazy.compactMap { thread in
            KernelFile.text(FilePath("\(folder)/\(thread.string)/status")).flatMap(StuckEmulator.awaitedSignal)
        }.first.map { .killed(signal: $0) }
    }

    /// The only signal that a thread does not block, of those that can be blocked and are not of real time; nil if there are others
    /// or none (proc(5), "SigBlk").
    static func awaitedSignal(status: String) -> Int32? {
        let line = status.split(separator: "\n").first { $0.hasPrefix("SigBlk:") }
        guard let digits = line?.split(whereSeparator: \.isWhitespace).last, let blocked = UInt64(digits, radix: 16)
        else { return nil }
        let open = (1...31).filter { $0 != SIGKILL && $0 != SIGSTOP && blocked >> UInt64($0 - 1) & 1 == 0 }
        return open.count == 1 ? open[0] : nil
    }
}
