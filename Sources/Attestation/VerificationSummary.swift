public import GoBinary
public import Verification

/// The predicate of a SLSA Verification Summary: who verified which file against which policy, and what came of it.
///
/// Source: https://slsa.dev/spec/v1.2/verification_summary
public struct VerificationSummary: Codable, Sendable {
    /// Who verified.
    public let verifier: Verifier
    /// When, RFC 3339 in UTC.
    public let timeVerified: String
    /// The URI by which a consumer asks for the file.
    public let resourceUri: String
    /// The policy.
    public let policy: ResourceDescriptor
    /// `PASSED` or `FAILED`.
    public let verificationResult: String
    /// What was reached.
    public let verifiedLevels: [String]
    /// The version of the specification.
    public let slsaVersion: String
    /// The platform that the file was verified for (an extension field, named by a URI as the specification asks).
    public let platform: String
    /// What the file says of its own build (an extension field).
    public let goBuildInfo: GoBuildInfo?
    /// What came of starting the file in an empty root (an extension field).
    public let proof: ProofClaim?
    /// What came of building the file a second time (an extension field).
    public let reproduction: ReproductionClaim?

    /// `predicateType` of a statement that holds this predicate.
    public static let predicateType = "https://slsa.dev/verification_summary/v1"
    /// The level of a file that passes.
    public static let level = "SCRATCH_READY_V1"
    /// `verificationResult` of a file that passes.
    public static let passed = "PASSED"
    /// Who verifies.
    public static let verifier = "https://scratchready.dev/verifier/v1"

    /// How far the file got, and who started it; the particulars may name places of the machine, and stay out.
    public struct ProofClaim: Codable, Sendable {
        /// How far the file got.
        public let outcome: Proof.Outcome
        /// Who started it.
        public let by: String?
    }

    /// Whether the second build gave the same bytes.
    public struct ReproductionClaim: Codable, Sendable {
        /// True where it did.
        public let isIdentical: Bool
    }

    /// The verifier and its parts.
    public struct Verifier: Codable, Sendable {
        /// A URI.
        public let id: String
        /// Versions by part.
        public let version: [String: String]
    }

    /// The facts of the build info that a consumer may decide on.
    public struct GoBuildInfo: Codable, Sendable {
        /// The toolchain.
        public let goVersion: String
        /// The main package.
        public let path: String
        /// The main module's path and version.
        public let main: [String: String]?
        /// The settings.
        public let settings: [String: String]

        /// Settings that say what was built, and never where: flags for compilers and linkers may name the machine's paths.
        private static let portableSettings: Set<String> = Platform.variantVariables.union([
            "GOOS", "GOARCH", "CGO_ENABLED", "GOEXPERIMENT", "GOFIPS140", "DefaultGODEBUG", "-buildmode", "-compiler",
            "-tags", "-trimpath", "-race", "-msan", "-asan",
        ])

        /// Takes the facts of a build info.
        public init(_ info: BuildInfo) {
            goVersion = info.goVersion
            path = info.path
            main = info.main.map { ["path": $0.path, "version": $0.version] }
            settings = info.settings.filter { GoBuildInfo.portableSettings.contains($0.key) || $0.key.hasPrefix("vcs") }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case verifier, timeVerified, resourceUri, policy, verificationResult, verifiedLevels, slsaVersion
        case platform = "https://scratchready.dev/attestation/platform/v0.1"
        case proof = "https://scratchready.dev/attestation/proof/v0.1"
        case reproduction = "https://scratchready.dev/attestation/reproduction/v0.1"
        case goBuildInfo = "https://scratchready.dev/attestation/go-buildinfo/v0.1"
    }
}
