internal import Dispatch
internal import Glibc
import Processes
import SystemPackage
import Text

/// Stands between go and a cache program, as the program that GOCACHEPROG names: it passes on what both say, and counts it.
public struct CacheRelay: Sendable {
    private let settings: RelaySettings
    private let environment: [String: String]
    private let patience: Patience

    /// How long a program may be silent, in seconds.
    struct Patience: Sendable {
        /// Until it says which commands it knows.
        var toBegin = 10
        /// While requests have no answer. An upload may take its time.
        var toAnswer = 180
        /// After it was asked to end and answered everything.
        var toEnd = 10
    }

    /// The relay that a process is; nil if its arguments say that it is something else.
    ///
    /// - Parameters:
    ///   - arguments: The arguments of the process, beginning with the program's name.
    ///   - environment: The environment of the process, which the cache program gets.
    public init?(processArguments arguments: [String], environment: [String: String]) {
        guard let settings = RelaySettings(processArguments: arguments) else { return nil }
        self.init(settings, environment: environment, patience: Patience())
    }

    init(_ settings: RelaySettings, environment: [String: String], patience: Patience) {
        self.settings = settings
        // A cache program that runs go itself, as `go tool` does, must not start another relay.
        self.environment = environment.filter { $0.key != "GOCACHEPROG" }
        self.patience = patience
    }

    /// Relays until go or the program ends, and writes the counts before go can see the end.
    ///
    /// - Returns: How it ended.
    func run(go: Ends = .standard) async -> Outcome {
        let (counts, wasKilled) = await relayed(go)
        do { try counts.write(to: settings.counts) } catch {
            // go passes standard error on.
            _ = try? FileDescriptor.standardError.writeAll(Array("staticcheck: \(error)\n".utf8))
        }
        close(go.output)
        return counts.failure == nil ? (wasKilled ? .killed : .ended) : .failed
    }

    /// How a relay ended.
    enum Outcome {
        /// The program ended by itself.
        case ended
        /// go got everything that it wanted, and the program had to be killed.
        case killed
        /// The program cannot be used.
        case failed
    }

    /// Relays between the standard streams, and ends the process.
    ///
    /// A cache program may have started others, which would hold go's standard error open. If it had to be killed, they are killed
    /// too, with the process group of go: at once if the build has failed, else after go has ended.
    public func serve() async -> Never {
        let parent = getppid()
        let isInGroupOfGo = getpgrp() == parent
        let outcome = await run()
        guard outcome != .ended, isInGroupOfGo else { exit(outcome == .failed ? 1 : 0) }
        while outcome == .killed, getppid() == parent { usleep(10_000) }
        kill(0, SIGKILL)
        exit(1)
    }

    /// The two ends of a conversation.
    struct Ends: Sendable {
        let input: Int32
        let output: Int32

        /// Standard input and output.
        static let standard = Ends(input: 0, output: 1)
    }

    private func relayed(_ go: Ends) async -> (CacheCounts, wasKilled: Bool) {
        var counts = CacheCounts()
        var wasKilled = false
        do {
            let toProgram = try FileDescriptor.pipe()
            let fromProgram = try FileDescriptor.pipe()
            for end in [toProgram.readEnd, toProgram.writeEnd, fromProgram.readEnd, fromProgram.writeEnd] {
                _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC)
            }
            let program = Ends(input: fromProgram.readEnd.rawValue, output: toProgram.writeEnd.rawValue)
            let (ending, result) = try await ChildProcess.run(
                settings.command(in: environment), input: toProgram.readEnd, output: fromProgram.writeEnd,
                allowing: patience.toEnd
            ) { kill in
                let (conversation, fault) = await exchanged(go, program)
                if fault != nil { kill() }
                return (conversation, fault)
            }
            counts = result.0.counts
            wasKilled = ending == .killed(SIGKILL)
            if settings.kept != nil { counts.asked = result.0.asked }
            counts.failure = result.1.map { sentence(about: $0.text(ending)) }
        } catch {
            counts.failure = sentence(about: "\(error)")
        }
        return (counts, wasKilled)
    }

    /// Waits in a thread of its own: those of tasks are few, and must not block.
    private func exchanged(_ go: Ends, _ program: Ends) async -> (CacheConversation, Exchange.Fault?) {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "exchange").async {
                var exchange = Exchange(
                    go: go, program: program, patience: patience, kept: settings.kept.map(KeptObjects.init))
                let fault = exchange.run()
                continuation.resume(returning: (exchange.conversation, fault))
            }
        }
    }

    private func sentence(about reason: String) -> String {
        let name = settings.program.lastComponent?.string ?? settings.program.string
        return "the cache program \(name) failed: \(reason); repair it, or build without --cache"
    }
}
