import Attestation
import Files
import Reporting
import ScratchImage
import SystemPackage
import Verification

/// Says of an image that it passed: as a predicate for other tools to sign, and signed with a key.
struct ImageAttestation: Sendable {
    private let summary: ImageSummary
    /// The signed summary; nil without a key.
    let signed: SignedImageSummary?

    /// - Parameter proof: What was proved of the image; nil if nothing was.
    init(
        of image: Image, as reference: ImageReference, _ request: ImageRequest, proof: ImageProof?, in context: Context
    ) throws {
        let attested = image.attested(as: reference)
        let summary = ImageSummary(
            of: attested, maker: try .init(policy: request.policy, in: context), proof: proof)
        self.summary = summary
        signed = try request.key.map { try SignedImageSummary(summary, of: attested, signedBy: $0) }
    }

    /// Writes the predicate, and the signed summary beside the image; without a key a summary of an earlier image is removed.
    func write(_ request: ImageRequest, in context: Context) throws {
        if let file = request.predicate {
            try writeResult(summary.document(), to: file, from: context.folder)
        }
        for destination in request.destinations {
            let place = destination.place(in: context)
            for kind in [StampFile.signed, .sigstore] {
                guard let path = ImageAttestation.path(of: kind, for: destination.form, at: place) else { continue }
                if let signed {
                    try AtomicFile.write(kind == .signed ? signed.line : signed.bundle, to: path)
                } else if path.exists {
                    try remove(path)
                }
            }
        }
    }

    /// The summaries beside an image of this machine.
    static func documents(beside source: ImageSource) -> [StampDocument] {
        [StampFile.signed, .sigstore].compactMap { kind in
            path(of: kind, for: source.form, at: source.path).flatMap { StampDocument(at: $0) }
        }
    }

    /// In the folder of a layout, which git does not see, because an untracked file would make the next build another one; beside
    /// an archive. A docker-archive has no manifest that a summary could be about.
    private static func path(of kind: StampFile, for form: ImageSource.Form, at place: FilePath) -> FilePath? {
        switch form {
        case .layout: kind.path(of: place.appending("summary"))
        case .archive: kind.path(of: place)
        case .docker: nil
        }
    }
}
