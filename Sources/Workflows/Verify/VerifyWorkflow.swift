public import GoBinary
public import Proving
public import Reporting
public import SystemPackage
public import Verification

/// What `verify` is asked for.
public struct VerifyRequest: Sendable {
    /// Files and folders. The report shows the paths unchanged.
    public var files: [FilePath]
    /// Images.
    public var images: [ImageTarget] = []
    /// The platform that each file must be for; nil accepts any.
    public var platform: Platform?
    /// The rules.
    public var policy: Policy
    /// How files are tried in an empty root; nil tries none.
    public var proof: ProofMode?
    /// How the programs of images are tried, each in a container; nil tries none.
    public var imageProof: ImageProofSettings?
    /// How files that pass are stamped; nil stamps none.
    public var stamps: StampSettings?
    /// How bills of materials are made; nil makes none. They need digests.
    public var bill: BillSettings?
    /// Whether the report needs digests, for which files must be read whole.
    public var isHashing = false
    /// Whether the report shows what the bytes of each file are.
    public var isMeasuring = false
    /// Whether the report says what each program is made of.
    public var isListing = false
    /// The most that the image of a platform may be, in bytes; nil for any size.
    public var sizeLimit: Int?
    /// Whether a registry may be without TLS, or have a certificate that is not trusted.
    public var isInsecure = false

    /// Makes a request for files.
    public init(files: [FilePath], policy: Policy = .standard) {
        self.files = files
        self.policy = policy
    }
}

/// Verifies files, folders and images that exist already, from any compiler.
public enum VerifyWorkflow {
    /// Verifies, and stamps if that is asked for. What cannot be read is a problem in the report.
    ///
    /// - Throws: `VerifyError` for an option that images do not support, `CancellationError`.
    public static func run(_ request: VerifyRequest, in context: Context) async throws -> Report {
        if let image = request.images.first {
            guard request.stamps == nil else { throw VerifyError.stampedImage(image.text) }
        }
        if let file = request.files.first, request.imageProof?.probes.isEmpty == false {
            throw VerifyError.probedFile(file.string)
        }
        if let file = request.files.first, request.sizeLimit != nil { throw VerifyError.limitedFile(file.string) }
        let images = ImageVerifier(
            policy: request.policy, expected: request.platform, isInsecure: request.isInsecure,
            isMeasuring: request.isMeasuring, isListing: request.isListing, sizeLimit: request.sizeLimit,
            prover: request.imageProof.map { ImageProver($0, in: context) }, supplier: request.bill?.supplier,
            context: context)
        let files = FileVerifier(
            policy: request.policy, expected: request.platform,
            prover: request.proof.map { Prover(mode: $0, searchPath: context.searchPath) },
            isHashing: request.isHashing,
            stamper: try request.stamps.map { try Stamper($0, policy: request.policy, in: context) },
            isMeasuring: request.isMeasuring, isListing: request.isListing, listener: context.listener,
            bill: request.bill)
        return try await files.report(on: request.files, with: images.report(on: request.images))
    }
}

/// An option of verify that images do not support.
public enum VerifyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Images cannot be stamped.
    case stampedImage(String)
    /// Files alone have nothing that could be asked.
    case probedFile(String)
    /// The limit is for images.
    case limitedFile(String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .stampedImage(let name): "--stamp is for files, but \(name) is an image"
        case .limitedFile(let name): "--max-size is for images, but \(name) is a file"
        case .probedFile(let name): "--probe is for images, but \(name) is a file"
        }
    }
}
