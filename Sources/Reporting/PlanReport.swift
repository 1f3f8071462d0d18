import Attestation

/// The plan of all shards, in the report of each, so that `merge` can tell whether one is missing.
public struct PlanReport: Sendable, Codable, Hashable {
    /// The SHA-256 digest of the targets, in hexadecimal; the same in each shard of a plan.
    public let sha256: String
    /// The targets of all shards.
    public let targets: [Target]
    /// The part that this report is of.
    public let shard: Shard
    /// The commit that was checked out; nil if it is not known.
    public let commit: String?

    /// A program on a platform.
    public struct Target: Sendable, Codable, Hashable {
        /// The import path of the main package.
        public let package: String
        /// The platform, `linux/arm/v7`.
        public let platform: String
        /// The path of the file below the output folder.
        public let place: String
        /// The estimated cost of the build, relative to the other targets.
        public let weight: Int

        /// Describes a target.
        public init(package: String, platform: String, place: String, weight: Int) {
            self.package = package
            self.platform = platform
            self.place = place
            self.weight = weight
        }
    }

    /// A part of a plan.
    public struct Shard: Sendable, Codable, Hashable {
        /// The number of the part, from 1.
        public let index: Int
        /// The number of parts.
        public let count: Int
    }

    /// Describes shard `index` of a plan.
    public init(targets: [Target], shard index: Int, of count: Int, commit: String? = nil) {
        let lines = targets.map { "\($0.package) \($0.place) \($0.weight)\n" }.joined()
        self.sha256 = Digest(of: Array(lines.utf8)).hexadecimal
        self.targets = targets
        self.shard = Shard(index: index, count: count)
        self.commit = commit
    }
}
