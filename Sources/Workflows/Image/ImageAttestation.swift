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
            let base = ImageAttestation.base(for: destination.form, at: destination.place(in: context))
            for kind in [StampFile.signed, .sigstore] {
                // A docker-archive has no manifest that a summary could be about.
                if let signed, destination.form != .docker {
                    try kind.demandOwn(beside: base)
                    try AtomicFile.write(kind == .signed ? signed.line : signed.bundle, to: kind.path(of: base))
                } else if kind.isOwn(beside: base) {
                    try remove(kind.path(of: base))
                }
            }
        }
    }

    /// The summaries beside an image of this machine.
    static func documents(beside source: ImageSource) -> [StampDocument] {
        guard source.form != .docker else { return [] }
        return [StampFile.signed, .sigstore].compactMap { kind in
            StampDocument(at: kind.path(of: base(for: source.form, at: source.path)))
        }
    }

    /// What the summaries of an image are named after: in the folder of a layout, which git does not see, because an untracked file
    /// would make the next build another one; beside an archive.
    private static func base(for form: ImageSource.Form, at place: FilePath) -> FilePath {
        form == .layout ? place.appending("summary") : place
    }
}
