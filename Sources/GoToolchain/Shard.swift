/// One of the parts of a plan that is divided among several machines.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// The number of the part, from 1 to `count`.
    public let index: Int
    /// The number of parts.
    public let count: Int

    /// Names a part.
    ///
    /// - Throws: `ShardError` unless 1 ≤ index ≤ count.
    public init(index: Int, count: Int) throws(ShardError) {
        guard count >= 1, (1...count).contains(index) else {
            throw .outOfRange(index: index, count: count)
        }
        self.index = index
        self.count = count
    }

    /// Reads `K/N`.
    ///
    /// - Throws: `ShardError` if the text is something else, or K is not between 1 and N.
    public init(parsing text: String) throws(ShardError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1 else {
            throw .notAShard(text)
        }
        try self.init(index: index, count: count)
    }

    /// `K/N`.
    public var description: String { "\(index)/\(count)" }

    /// Divides weights into runs of neighbours, so that the heaviest run is as light as possible.
    ///
    /// Neighbours stay together, because the programs of one platform share most of what they compile. Each weight is in
    /// exactly one run; if there are more runs than weights, some are empty.
    ///
    /// - Parameters:
    ///   - weights: The weights; anything below 1 counts as 1.
    ///   - count: The number of runs.
    /// - Returns: The number of the run for each weight, from 1.
    public static func assignment(of weights: [Int], count: Int) -> [Int] {
        let weights = weights.map { max(1, $0) }
        var low = weights.max() ?? 1
        var high = weights.reduce(0, +)
        while low < high {
            let middle = low + (high - low) / 2
            if runs(weights, limit: middle).last ?? 0 <= count { high = middle } else { low = middle + 1 }
        }
        return runs(weights, limit: low)
    }

    /// Fills the runs one after the other, each up to a limit.
    private static func runs(_ weights: [Int], limit: Int) -> [Int] {
        var run = 1
        var filled = 0
        return weights.map { weight in
            if filled > 0, filled + weight > limit {
                run += 1
                filled = 0
            }
            filled += weight
            return run
        }
    }
}

/// Why a shard cannot be used.
public enum ShardError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text is not of the form `K/N`.
    case notAShard(String)
    /// The number of the part is not between 1 and the number of parts.
    case outOfRange(index: Int, count: Int)
    /// A CI system gave the number of this job, and not the number of jobs.
    case noCount(engine: String, variable: String, given: String)

    /// What is wrong, and what to write.
    public var description: String {
        switch self {
        case .notAShard(let text): "'\(text)' is not a shard: write K/N, for example 2/4"
        case .outOfRange(let index, let count):
            "no shard \(index) of \(count): shards go from 1/\(max(1, count)) to \(max(1, count))/\(max(1, count))"
        case .noCount(let engine, let variable, let given):
            "\(engine) sets \(given) but not \(variable), so the number of jobs is unknown: set it, or pass --shard K/N"
        }
    }
}
