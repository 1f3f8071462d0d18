import Attestation

/// The whole plan of which a shard did its part, so that the parts can be joined with none missing.
public struct PlanReport: Sendable, Codable, Hashable {
    /// SHA-256 of the targets, the same in every shard of one plan.
    public let sha256: String
    /// Every target of the plan, those of other shards too.
    public let targets: [Target]
    /// Which part this is.
    public let shard: Shard

    /// A cell of the matrix.
    public struct Target: Sendable, Codable, Hashable {
        /// The import path of the main package.
        public let package: String
        /// The platform.
        public let platform: String
        /// Where the file lies below the output folder.
        public let place: String
        /// What it costs to build, compared with the others.
        public let weight: Int

        /// Makes a target.
        public init(package: String, platform: String, place: String, weight: Int) {
            self.package = package
            self.platform = platform
            self.place = place
            self.weight = weight
        }
    }

    /// A part of a plan.
    public struct Shard: Sendable, Codable, Hashable {
        /// From 1 to the count.
        public let index: Int
        /// How many parts there are.
        public let count: Int
    }

    /// Makes the plan's part of a report.
    public init(targets: [Target], shard index: Int, of count: Int) {
        let lines = targets.map { "\($0.package) \($0.place) \($0.weight)\n" }.joined()
        self.sha256 = Digest(of: Array(lines.utf8)).hexadecimal
        self.targets = targets
        self.shard = Shard(index: index, count: count)
    }
}
