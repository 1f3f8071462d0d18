import GoBinary

/// How many builds run at the same time, and how many cores and how much memory each may use.
///
/// A compiler without garbage collection is a third faster and writes the same bytes; the memory that it may take instead is
/// its share of what is free. As many processes as cores, with one thread each, waste less than a few processes with many
/// threads.
public struct BuildBudget: Sendable, Hashable {
    /// The number of builds at the same time.
    public let lanes: Int
    /// The number of compilers and linkers at the same time in each build, and of threads in each of those.
    public let parallelism: Int
    /// The memory for each process, in bytes.
    public let share: Int
    /// The memory for all of them, in bytes.
    public let memory: Int

    /// The memory that a compiler takes for an ordinary package. With less for each, it is faster to run fewer.
    static let leastShare = 384 << 20
    /// Below this limit the garbage collector would run all the time; then no limit is set.
    static let leastLimit = 256 << 20

    /// Divides a machine among builds.
    ///
    /// - Parameters:
    ///   - steps: The number of builds.
    ///   - cores: The number of cores.
    ///   - memory: The memory for all processes together, in bytes.
    ///   - jobs: The highest number of builds at the same time; nil derives it from cores and memory.
    public init(steps: Int, cores: Int, memory: Int, jobs: Int? = nil) {
        let affordable = max(1, memory / BuildBudget.leastShare)
        let processes = max(1, min(cores, affordable))
        // As many builds as processes. A remainder that would leave cores idle at the end runs together with the others.
        let rest = steps > processes ? steps % processes : 0
        let wanted = jobs ?? min(processes + rest, affordable)
        self.lanes = max(1, min(wanted, steps))
        self.parallelism = max(1, processes / lanes)
        self.memory = memory
        self.share = memory / (lanes * parallelism)
    }

    /// The variables for go, and for the compilers and linkers that it runs.
    ///
    /// - Parameter version: The version of Go. GOMEMLIMIT needs go1.19 (`go doc runtime`).
    public func environment(for version: String) -> [String: String] {
        var variables = ["GOMAXPROCS": "\(parallelism)"]
        if share >= BuildBudget.leastLimit, let version = GoVersion(version), version >= GoVersion(major: 1, minor: 19)
        {
            variables["GOGC"] = "off"
            variables["GOMEMLIMIT"] = "\(share >> 20)MiB"
        }
        return variables
    }

    /// Advice for a build whose processes the system killed, or that found no space; empty if go's message says neither.
    func remedy(for message: String) -> String {
        if message.contains("no space left on device") {
            return "\nA disk is full, that of the output folder or of go's cache: free some space"
                + " ('go clean -cache' empties the cache), and run again."
        }
        guard message.contains("signal: killed") else { return "" }
        let memory = max(BuildBudget.leastShare, self.memory / 2) >> 20
        return "\nThe system killed a compiler or linker, most often because memory ran out:"
            + " run again with --jobs \(max(1, lanes / 2)) --memory \(memory)MiB."
    }
}
