public import GoBinary
public import Verification

/// The predicate of a SLSA Verification Summary: who verified which file against which policy, and the result.
///
/// To add a field to stamps, add the property, its key, and its value in `init`. Change `Gate.check` only if the gate depends
/// on the field.
///
/// Source: https://slsa.dev/spec/v1.2/verification_summary
public struct VerificationSummary: Codable, Sendable {
    /// The program that verified the file.
    public let verifier: Verifier
    /// The time of the verification, RFC 3339 in UTC.
    public let timeVerified: String
    /// The URI by which consumers ask for the file: a package URL, or `urn:sha256:…`.
    public let resourceUri: String
    /// The policy, by URI and digest.
    public let policy: ResourceDescriptor
    /// `PASSED` or `FAILED`.
    public let verificationResult: String
    /// The levels that the file reached.
    public let verifiedLevels: [String]
    /// The version of the SLSA specification.
    public let slsaVersion: String
    /// The platform that the file was verified for (an extension field, named by a URI as the specification asks).
    public let platform: String
    /// The Go build info in the file (an extension field).
    public let goBuildInfo: GoBuildInfo?
    /// The result of starting the file in an empty root (an extension field).
    public let proof: ProofClaim?
    /// The result of building the file a second time (an extension field).
    public let reproduction: ReproductionClaim?
    /// The C code in the file (an extension field); nil if it was built without cgo, or that is not known.
    public let cCode: CCodeClaim?
    /// What the program that kept go's build cache supplied (an extension field); nil if go kept it itself.
    public let buildCache: CacheUse?
    /// The known vulnerabilities of its modules (an extension field); nil if they were not looked up.
    public let vulnerabilities: VulnerabilityClaim?
    /// What was demanded of the inside of the file (an extension field); nil if nothing was.
    public let demands: DemandClaim?

    /// The `predicateType` of a statement with this predicate.
    public static let predicateType = "https://slsa.dev/verification_summary/v1"
    /// The keys of the specification. Extension fields have URIs as keys, which are compared exactly.
    static let shape = JSONShape.keys(
        "timeVerified", "resourceUri", "verificationResult", "verifiedLevels", "slsaVersion"
    ).with([
        "verifier": .keys("id").with(["version": .map(.any)]), "policy": ResourceDescriptor.shape,
        "inputAttestations": .list(ResourceDescriptor.shape), "dependencyLevels": .map(.any),
    ])
    /// The level of a file that passes.
    public static let level = "SCRATCH_READY_V1"
    /// The `verificationResult` of a file that passes.
    public static let passed = "PASSED"
    /// The level that says that a verification failed.
    static let failed = "FAILED"
    /// The URI of this verifier.
    public static let verifier = Identity.uri("verifier/v1")

    /// How far the file got, and what started it. Details may name paths of the machine, so stamps do not hold them.
    public struct ProofClaim: Codable, Sendable {
        /// How far the file got.
        public let outcome: Proof.Outcome
        /// `linux`, or the name of the emulator.
        public let by: String?
    }

    /// What a database of vulnerabilities said.
    public struct VulnerabilityClaim: Codable, Sendable {
        /// When the database was last changed, as RFC 3339 writes it.
        public let databaseModified: String
        /// The advisories whose functions are linked.
        public let linked: [String]
        /// The advisories of which it is not known.
        public let unknown: [String]
        /// Whether modules, versions or names of functions were missing from the file, so that not everything was looked up.
        public let hasGaps: Bool

        init(_ scan: AdvisoryScan) {
            func names(_ state: Advisory.State) -> [String] {
                scan.advisories.filter { $0.state == state }.map(\.id)
            }
            databaseModified = scan.databaseModified
            linked = names(.linked)
            unknown = names(.unknown)
            hasGaps = !scan.gaps.isEmpty
        }
    }

    /// What compiled the C code of a program, and which packages contain it.
    public struct CCodeClaim: Codable, Sendable {
        /// The C compiler, with its version if that is known.
        public let compiler: String
        /// The packages outside of Go's standard library, with the libraries that each links; nil if go did not tell.
        public let packages: [String: [String]]?
        /// The libraries in the file that are known by a text; nil if there are none.
        public let libraries: [String]?

        init(_ code: CCode, linking linked: [String]) {
            libraries = linked.isEmpty ? nil : linked
            compiler = code.compiler
            packages = code.packages.map { packages in
                Dictionary(packages.map { ($0.path, $0.libraries) }) { first, _ in first }
            }
        }
    }

    /// What was demanded of the inside of a file. It says what the stamp's maker saw; the gate checks its own demands again.
    public struct DemandClaim: Codable, Sendable {
        /// The demands that hold.
        public let held: [String]
        /// The demands that do not hold or could not be checked, and that the policy let pass.
        public let notHeld: [String]

        init(_ check: DemandCheck) {
            held = check.held
            notHeld = check.notHeld
        }
    }

    /// Whether the second build gave the same bytes.
    public struct ReproductionClaim: Codable, Sendable {
        /// True if it did.
        public let isIdentical: Bool
    }

    /// A verifier and the versions of its parts.
    public struct Verifier: Codable, Sendable {
        /// The URI of the verifier.
        public let id: String
        /// Versions by the name of the part.
        public let version: [String: String]
    }

    private enum CodingKeys: String, CodingKey {
        case verifier, timeVerified, resourceUri, policy, verificationResult, verifiedLevels, slsaVersion
        case platform = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#platform/v0.1"
        case proof = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#proof/v0.1"
        case reproduction = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#reproduction/v0.1"
        case cCode = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#c-code/v0.1"
        case buildCache = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#build-cache/v0.2"
        case vulnerabilities = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#vulnerabilities/v0.1"
        case demands = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#demands/v0.1"
        case goBuildInfo = "urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#go-buildinfo/v0.1"
    }
}

extension VerificationSummary {
    /// Sums up the verification of a file that passed.
    init(
        of subject: Subject, digest: Digest, platform: Platform, maker: Stamp.Maker, judgement: Judgement
    ) {
        self.init(
            verifier: Verifier(id: VerificationSummary.verifier, version: maker.version),
            timeVerified: StatedTime.text(of: maker.time),
            resourceUri: VerificationSummary.resource(digest: digest, platform: platform, buildInfo: subject.buildInfo),
            policy: maker.policyDescriptor,
            verificationResult: VerificationSummary.passed,
            verifiedLevels: [VerificationSummary.level],
            slsaVersion: "1.2",
            platform: platform.description,
            goBuildInfo: subject.buildInfo.map(GoBuildInfo.init),
            proof: subject.proof.map { ProofClaim(outcome: $0.outcome, by: $0.by) },
            reproduction: subject.reproduction.map { ReproductionClaim(isIdentical: $0.isIdentical) },
            cCode: subject.cCode.map { CCodeClaim($0, linking: subject.linkedLibraries) },
            buildCache: subject.cacheUse,
            vulnerabilities: judgement.advisories.map(VulnerabilityClaim.init),
            demands: judgement.demands.map(DemandClaim.init))
    }

    /// A package URL if the file names its module, else the digest.
    private static func resource(digest: Digest, platform: Platform, buildInfo: BuildInfo?) -> String {
        guard let url = buildInfo?.packageURL else { return "urn:sha256:\(digest)" }
        let variant = platform.variant.map { "&\($0.variable.lowercased())=\($0.value)" } ?? ""
        return url.text(qualifiers: "goarch=\(platform.goarch)&goos=\(platform.goos)\(variant)")
    }

    /// The facts of the build info that a consumer may decide on.
    public struct GoBuildInfo: Codable, Sendable {
        /// The toolchain, `go1.27.3`.
        public let goVersion: String
        /// The import path of the main package.
        public let path: String
        /// The `path` and `version` of the main module; nil if the program was built outside of any module.
        public let main: [String: String]?
        /// The settings that say what was built, and nothing about the machine.
        public let settings: [String: String]

        /// Flags of compilers and linkers are left out, because they may hold paths of the machine.
        private static let portableSettings: Set<String> = Platform.variantVariables.union([
            "GOOS", "GOARCH", "CGO_ENABLED", "GOEXPERIMENT", "GOFIPS140", "DefaultGODEBUG", "-buildmode", "-compiler",
            "-tags", "-trimpath", "-race", "-msan", "-asan",
        ])

        /// Takes the facts out of a build info.
        public init(_ info: BuildInfo) {
            goVersion = info.goVersion
            path = info.path
            main = info.main.map { ["path": $0.path, "version": $0.version] }
            settings = info.settings.filter { GoBuildInfo.portableSettings.contains($0.key) || $0.key.hasPrefix("vcs") }
        }
    }
}
