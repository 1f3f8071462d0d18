import CTrial
import Foundation

/// How far a program came in an empty root.
enum Outcome: Hashable {
    /// exec failed; an emulator says so in words.
    case refused(String)
    case killedInExec(Int32)
    case diedAtEntry(Int32, Fault)
    /// It started, and then did not do its work: why.
    case failed(String)
    /// It did its work.
    case completed

    /// Why the first instruction failed.
    enum Fault: Hashable {
        /// The processor could not fetch it.
        case fetch
        /// It was fetched, and failed.
        case execution
        /// An emulator does not tell.
        case unknown
    }
}

/// An empty root in which programs run one after another.
struct Room: ~Copyable {
    private var room = trial_room()
    private let isEmulated: Bool

    /// Opens it.
    ///
    /// - Parameter emulator: A static qemu-user; nil if this machine runs the programs.
    init(emulator: URL?) throws {
        isEmulated = emulator != nil
        let bytes = try emulator.map { Array(try Data(contentsOf: $0)) }
        let step =
            if let bytes {
                bytes.withUnsafeBytes { trial_open(&room, $0.baseAddress, $0.count) }
            } else {
                trial_open(&room, nil, 0)
            }
        if let step {
            throw RoomError.notPermitted(step: String(cString: step), reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        var room = room
        trial_close(&room)
    }

    mutating func outcome(of program: [UInt8]) throws -> Outcome {
        let result = try run(program, log: false)
        let outcome = try Outcome(result, isEmulated: isEmulated)
        guard isEmulated, case .failed = outcome, result.stage == trial_signaled.rawInt32 else { return outcome }
        // The emulator lists each instruction that it begins: none if it dies while it loads the program.
        let log = String(decoding: try run(program, log: true).text, as: UTF8.self)
        let lines = log.split(separator: "\n").count { $0.hasPrefix("Trace ") }
        return lines == 0 ? .killedInExec(result.code) : lines == 1 ? .diedAtEntry(result.code, .unknown) : outcome
    }

    private mutating func run(_ program: [UInt8], log: Bool) throws -> trial_result {
        var result = trial_result()
        let status = program.withUnsafeBytes { trial_run(&room, $0.baseAddress, $0.count, log ? 1 : 0, &result) }
        guard status == 0 else { throw RoomError.lost }
        return result
    }
}

/// Why programs cannot be run.
enum RoomError: Error, CustomStringConvertible {
    case notPermitted(step: String, reason: String)
    case lost
    case notTried(reason: String)

    var description: String {
        switch self {
        case .notPermitted(let step, let reason):
            "cannot make an empty root in new namespaces: \(step): \(reason); run as root, or permit user namespaces"
        case .lost: "the process that starts the programs has ended"
        case .notTried(let reason): "a program could not be started: \(reason)"
        }
    }
}

extension trial_stage {
    fileprivate var rawInt32: Int32 { Int32(rawValue) }
}

extension trial_result {
    fileprivate var text: [UInt8] { withUnsafeBytes(of: output) { Array($0.prefix(Int(output_size))) } }
}

extension Outcome {
    fileprivate init(_ result: trial_result, isEmulated: Bool) throws {
        let text = result.text
        switch result.stage {
        case trial_refused.rawInt32 where !isEmulated: self = .refused(Outcome.errorName(result.code))
        case trial_killed_in_exec.rawInt32: self = .killedInExec(result.code)
        case trial_died_at_entry.rawInt32:
            // A page that is absent or not executable gives SIGSEGV at the very address of the instruction; what is behind
            // the end of the file, SIGBUS.
            let isFetch = result.fault_address == result.entry && (result.code == SIGSEGV || result.code == SIGBUS)
            self = .diedAtEntry(result.code, isFetch ? .fetch : .execution)
        case trial_signaled.rawInt32: self = .failed(Outcome.signalName(result.code))
        case trial_out_of_time.rawInt32: self = .failed("no end")
        case trial_exited.rawInt32:
            if isEmulated, let refusal = Outcome.refusal(in: text) {
                self = .refused(refusal)
            } else if result.code != 0 {
                self = .failed("exit code")
            } else {
                self = SampleProgram.isComplete(text) ? .completed : .failed("another output")
            }
        default: throw RoomError.notTried(reason: String(cString: strerror(result.code)))
        }
    }

    /// What qemu-user says about a file that it does not load.
    private static func refusal(in text: [UInt8]) -> String? {
        let line = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        for start in ["Error while loading /app: ", "emulator: /app: "] where line.hasPrefix(start) {
            return String(line.dropFirst(start.count))
        }
        return line.hasPrefix("emulator: ") || line.hasPrefix("qemu") ? line : nil
    }

    static func signalName(_ number: Int32) -> String {
        let names = [
            SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
            SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV", SIGSYS: "SIGSYS",
        ]
        return names[number] ?? "signal \(number)"
    }

    private static func errorName(_ code: Int32) -> String {
        let names = [
            ENOEXEC: "ENOEXEC", ENOENT: "ENOENT", EIO: "EIO", ENOMEM: "ENOMEM", EACCES: "EACCES", EINVAL: "EINVAL",
            ELIBBAD: "ELIBBAD", ENOTDIR: "ENOTDIR", EPERM: "EPERM", E2BIG: "E2BIG", EISDIR: "EISDIR", ELOOP: "ELOOP",
            ENAMETOOLONG: "ENAMETOOLONG",
        ]
        return names[code] ?? "errno \(code)"
    }
}
