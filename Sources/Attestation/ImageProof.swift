public import Verification

/// What was proved of an image by starting its programs, for each platform.
public struct ImageProof: Codable, Sendable, Hashable {
    /// The level that every platform reaches.
    public let level: ProofLevel
    /// What was proved of each platform, by its name in the image: `linux/arm/v7`.
    public let platforms: [String: Claim]

    /// How far the program of one platform got. Details may name paths of the machine, so they are not kept.
    public struct Claim: Codable, Sendable, Hashable {
        /// How far it got.
        public let outcome: Proof.Outcome
        /// `linux`, or the name of the emulator.
        public let by: String?
        /// What the running program was asked and gave the expected answer to, such as `GET /healthz`; nil if nothing was.
        public let probes: [String]?

        /// The level that the platform reaches.
        public var level: ProofLevel { outcome.level }

        /// Makes a claim.
        public init(_ outcome: Proof.Outcome, by: String? = nil, probes: [String]? = nil) {
            self.outcome = outcome
            self.by = by
            self.probes = probes
        }
    }

    /// Collects the claims on all platforms of an image.
    ///
    /// - Parameter platforms: A claim for each platform of the image, by its name there.
    public init(_ platforms: [String: Claim]) {
        self.platforms = platforms
        level = platforms.values.map(\.level).min() ?? .none
    }
}
