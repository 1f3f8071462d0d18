internal import Glibc
import Processes

/// Passes bytes between go and a cache program until one of them ends. Waits in poll(2), and holds no more than one piece for
/// each direction.
struct Exchange {
    /// The bytes that are read at a time.
    private static let piece = 64 << 10

    private(set) var conversation = CacheConversation()
    private let patience: CacheRelay.Patience
    private let kept: KeptObjects?
    private var go: Side
    private var program: Side
    /// When the program must have written something, in milliseconds of the monotonic clock; nil while it owes nothing.
    private var deadline: Int?

    /// Why the exchange ended too early.
    enum Fault: Error {
        case conversation(CacheConversation.Fault)
        case silent(seconds: Int, isOpen: Bool)
        case ended(open: Int, isOpen: Bool)

        /// A phrase about the program, with how it ended.
        func text(_ ending: ChildProcess.Ending) -> String {
            switch self {
            case .conversation(let fault): fault.description
            case .silent(let seconds, false):
                "it did not say which commands it knows (KnownCommands) within \(seconds) s"
            case .silent(let seconds, true): "it did not answer for \(seconds) s"
            case .ended(_, false): "it ended with \(ending) before it said which commands it knows (KnownCommands)"
            case .ended(let open, true): "it ended with \(ending) before the build, with \(open) requests unanswered"
            }
        }
    }

    /// The descriptors of one side, and what is to be written to it.
    private struct Side {
        let input: Int32
        var output: Int32
        var pending: [UInt8] = []
        var written = 0
        var hasEnded = false

        init(_ ends: CacheRelay.Ends) {
            input = ends.input
            output = ends.output
            for descriptor in [input, output] {
                _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
            }
        }

        var isIdle: Bool { pending.isEmpty }

        /// Writes what it takes. Nothing is kept for a side that reads no more.
        mutating func write() {
            let rest = pending[written...]
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(output, $0.baseAddress, $0.count) }
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            written = count < 0 ? pending.count : written + count
            guard written == pending.count else { return }
            pending = []
            written = 0
        }

        /// The next bytes; empty at the end, nil if there are none yet.
        func read() -> [UInt8]? {
            var count = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Exchange.piece) { buffer, initialized in
                unsafe count = Glibc.read(input, buffer.baseAddress, buffer.count)
                initialized = max(0, count)
            }
            return count < 0 && (errno == EAGAIN || errno == EINTR) ? nil : bytes
        }

        mutating func closeOutput() {
            guard output >= 0 else { return }
            close(output)
            output = -1
        }
    }

    init(go: CacheRelay.Ends, program: CacheRelay.Ends, patience: CacheRelay.Patience, kept: KeptObjects?) {
        self.kept = kept
        self.go = Side(go)
        self.program = Side(program)
        self.patience = patience
    }

    /// Exchanges until the program has closed its output.
    ///
    /// - Returns: What went wrong; nil if the program ended after go did, or was asked to.
    mutating func run() -> Fault? {
        // Whoever reads no more is noticed by EPIPE. The signal goes to the thread that writes (write(2)), so it is kept from this
        // thread alone: children of the process would inherit that it is ignored.
        var brokenPipe = sigset_t()
        unsafe sigemptyset(&brokenPipe)
        unsafe sigaddset(&brokenPipe, SIGPIPE)
        var mask = sigset_t()
        unsafe pthread_sigmask(SIG_BLOCK, &brokenPipe, &mask)
        defer {
            var now = timespec()
            unsafe sigtimedwait(&brokenPipe, nil, &now)
            unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
        }
        defer {
            program.closeOutput()
            close(program.input)
        }
        renewDeadline()
        do {
            while !program.hasEnded || !go.isIdle { try step() }
        } catch let fault as Fault {
            return fault
        } catch let fault as CacheConversation.Fault {
            return .conversation(fault)
        } catch {
            return nil
        }
        return nil
    }

    private mutating func step() throws {
        if go.hasEnded, program.isIdle { program.closeOutput() }
        var ends = [
            pollfd(fd: !go.hasEnded && program.isIdle ? go.input : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: program.isIdle ? -1 : program.output, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: !program.hasEnded && go.isIdle ? program.input : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: go.isIdle ? -1 : go.output, events: Int16(POLLOUT), revents: 0),
        ]
        let isReady = unsafe poll(&ends, nfds_t(ends.count), try remainingTime())
        guard isReady > 0 else { return }
        if ends[1].revents != 0 { program.write() }
        if ends[3].revents != 0 { go.write() }
        if ends[0].revents != 0, let bytes = go.read() {
            go.hasEnded = bytes.isEmpty
            conversation.take(fromGo: bytes)
            program.pending = bytes
            renewDeadline()
        }
        if ends[2].revents != 0, let bytes = program.read() {
            go.pending = try conversation.take(fromProgram: bytes) { [kept] key, file in kept?.keep(file, as: key) }
            renewDeadline()
            guard bytes.isEmpty else { return }
            program.hasEnded = true
            guard !go.hasEnded else { return }
            try conversation.checkEnd()
            guard conversation.isClosing else {
                throw Fault.ended(open: conversation.open, isOpen: conversation.isOpen)
            }
        }
    }

    private static var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// The time that the program has from now on.
    private mutating func renewDeadline() {
        let seconds: Int? =
            if !conversation.isOpen { patience.toBegin } else if go.hasEnded {
                patience.toEnd
            } else if conversation
                .isWaiting
            { patience.toAnswer } else { nil }
        deadline = seconds.map { Exchange.now + $0 * 1000 }
    }

    /// The time for poll(2), in milliseconds; -1 for any.
    private mutating func remainingTime() throws -> Int32 {
        guard let deadline else { return -1 }
        let rest = deadline - Exchange.now
        guard rest <= 0 else { return Int32(clamping: rest) }
        // Whatever go wanted is answered, and the program only does not end.
        guard !go.hasEnded else {
            program.hasEnded = true
            go.pending = []
            self.deadline = nil
            return 0
        }
        throw Fault.silent(
            seconds: conversation.isOpen ? patience.toAnswer : patience.toBegin, isOpen: conversation.isOpen)
    }
}
