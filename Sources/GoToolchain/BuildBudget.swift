import GoBinary

/// How many builds run side by side, and what each may use of the machine's cores and memory.
///
/// A compiler that never collects its garbage is a third faster, and its output is the same to the byte; how much memory
/// it may take instead is its share of what is free. And processes of one thread each, as many as there are cores, waste
/// less than a few that share all cores among their threads.
public struct BuildBudget: Sendable, Hashable {
    /// Builds side by side.
    public let lanes: Int
    /// Compilers and linkers at a time in each build, and threads in each of those.
    public let parallelism: Int
    /// Memory for each process, in bytes.
    public let share: Int
    /// Memory for all of them, in bytes.
    public let memory: Int

    /// What one compiler takes for an ordinary package; with less a machine does better to run fewer at a time.
    static let leastShare = 384 << 20
    /// Below this the collector would run all the time, and is better left to itself.
    static let leastLimit = 256 << 20

    /// Plans the use of a machine.
    ///
    /// - Parameters:
    ///   - steps: How many builds there are.
    ///   - cores: The cores of the machine.
    ///   - memory: The memory that all processes together may use, in bytes.
    ///   - jobs: How many builds at most side by side; nil leaves it to cores and memory.
    public init(steps: Int, cores: Int, memory: Int, jobs: Int? = nil) {
        let affordable = max(1, memory / BuildBudget.leastShare)
        let processes = max(1, min(cores, affordable))
        // As many as there are processes; a rest that would leave cores idle in the end joins the last of them.
        let rest = steps > processes ? steps % processes : 0
        let wanted = jobs ?? min(processes + rest, affordable)
        self.lanes = max(1, min(wanted, steps))
        self.parallelism = max(1, processes / lanes)
        self.memory = memory
        self.share = memory / (lanes * parallelism)
    }

    /// What go, and the compilers and linkers that it runs, get in their environment.
    ///
    /// - Parameter version: The toolchain; before go1.19 there is no limit to give (`go doc runtime`, GOMEMLIMIT).
    public func environment(for version: String) -> [String: String] {
        var variables = ["GOMAXPROCS": "\(parallelism)"]
        if share >= BuildBudget.leastLimit, let version = GoVersion(version), version >= GoVersion(major: 1, minor: 19)
        {
            variables["GOGC"] = "off"
            variables["GOMEMLIMIT"] = "\(share >> 20)MiB"
        }
        return variables
    }

    /// What to do about a build that the system ended; empty where go's words speak of nothing like it.
    func remedy(for words: String) -> String {
        guard words.contains("signal: killed") else { return "" }
        let memory = max(BuildBudget.leastShare, self.memory / 2) >> 20
        return "\nThe system killed a compiler or linker, most often because memory ran out:"
            + " run again with --jobs \(max(1, lanes / 2)) --memory \(memory)MiB."
    }
}
