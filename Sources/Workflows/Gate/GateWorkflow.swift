public import GoBinary
public import Reporting
public import SystemPackage
public import Verification

/// What `gate` is asked for.
public struct GateRequest: Sendable {
    /// Files and folders. The report names them as they are here.
    public var files: [FilePath]
    /// Images.
    public var images: [ImageTarget] = []
    /// Whose stamps count.
    public var trust: TrustSettings
    /// The rules, which are applied again.
    public var policy: Policy
    /// Platforms that must be among what is admitted.
    public var required: [Platform] = []
    /// The folder that admitted files are copied to, absolute; nil copies nothing.
    public var copies: FilePath?
    /// The folder of the stamps of images' programs.
    public var stamps: FilePath?
    /// How the programs of images are tried, each in a container; nil tries none.
    public var proof: ImageProofSettings?
    /// Whether a registry may be without TLS, or have a certificate that is not trusted.
    public var isInsecure = false

    /// Makes a request for files.
    public init(files: [FilePath], trust: TrustSettings, policy: Policy = .standard) {
        self.files = files
        self.trust = trust
        self.policy = policy
    }
}

/// Refuses files and images that are not verified and stamped.
public enum GateWorkflow {
    /// Reads each file once; the same bytes are hashed, verified and compared with the stamp, and copied if all pass.
    ///
    /// - Throws: `GateRequestError` for a request that makes no sense, `OutputError` if copies cannot be written.
    public static func run(_ request: GateRequest, in context: Context) async throws -> GateReport {
        if request.copies != nil, let image = request.images.first {
            throw GateRequestError.copiedImage(image.text)
        }
        let gate = request.trust.gate(request.policy, in: context)
        if request.proof != nil, let file = request.files.first { throw GateRequestError.provenFile(file.string) }
        let images = ImageGate(
            gate: gate, stamps: request.stamps, isInsecure: request.isInsecure,
            prover: request.proof.map { ImageProver($0, in: context) }, context: context)
        let run = GateRun(
            gate: gate, required: request.required, target: request.copies, listener: context.listener)
        return try await run.report(on: request.files, with: images.result(on: request.images))
    }
}

/// Why a request to the gate makes no sense.
public enum GateRequestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Images cannot be copied.
    case copiedImage(String)
    /// Files are not started by the gate.
    case provenFile(String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .provenFile(let name): "--prove is for images, but \(name) is not one; 'verify --prove' tries files"
        case .copiedImage(let name): "--copy-to is for files, but \(name) is an image"
        }
    }
}
