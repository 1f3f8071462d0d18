/// One of the parts into which a plan is divided, so that several machines build it together.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// From 1 to the count.
    public let index: Int
    /// How many parts there are.
    public let count: Int

    /// Names a part.
    ///
    /// - Throws: `ShardError` unless 1 ≤ index ≤ count.
    public init(index: Int, count: Int) throws(ShardError) {
        guard count >= 1, (1...count).contains(index) else {
            throw ShardError(
                description: "there is no shard \(index) of \(count): count from 1/\(count) to \(count)/\(count)")
        }
        self.index = index
        self.count = count
    }

    /// Reads `K/N`.
    public init(parsing text: String) throws(ShardError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1 else {
            throw ShardError(description: "'\(text)' is no shard: write K/N, for example 2/4")
        }
        try self.init(index: index, count: count)
    }

    /// `K/N`.
    public var description: String { "\(index)/\(count)" }

    /// Divides weights into runs of neighbours of which the heaviest is as light as can be.
    ///
    /// Neighbours stay together, because the programs of one platform share most of what they compile. Every weight is in
    /// exactly one run; where there are more runs than weights, some are empty.
    ///
    /// - Returns: For each weight the number of its run, from 1.
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

    /// Fills one run after the other, each up to a limit.
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

/// Why a shard cannot be read.
public struct ShardError: Error, Sendable, CustomStringConvertible {
    /// The message.
    public let description: String
}
