import Attestation
import Files
import Reporting
import ScratchImage
import SystemPackage
import Verification

/// Starts an image before it is written anywhere: what does not run is neither stored nor pushed.
struct ImageTrial: Sendable {
    let settings: ImageProofSettings
    let policy: Policy
    let context: Context

    /// Starts the image of each platform, from a layout in a temporary folder.
    ///
    /// - Returns: What each platform did, by its name.
    /// - Throws: `ImageRunError.notReady` with a report if one does not do what was asked, `ImageRunError.notProved` if one
    ///   could not be tried.
    func proofs(of image: Image, as reference: ImageReference) async throws -> [String: Proof] {
        try await TemporaryPlace.with { folder in
            let layout = folder.appending("image")
            try ImageLayout.write(image, as: reference, to: layout)
            let target = ImageTarget(
                text: reference.description, place: .local(ImageSource(.layout, path: layout)))
            let verifier = ImageVerifier(
                policy: policy, expected: nil, isInsecure: false, isMeasuring: false, isListing: false,
                prover: ImageProver(settings, in: context), supplier: nil, context: context)
            let (entries, problems) = try await verifier.report(on: [target])
            let report = Report(
                tool: .init(version: Identity.version, go: nil), policy: policy, entries: entries, problems: problems)
            guard report.exitCode == 0 else {
                context.listener.checked(report)
                throw ImageRunError.notReady(report)
            }
            return try proofs(of: entries)
        }
    }

    private func proofs(of entries: [ReportEntry]) throws -> [String: Proof] {
        var proofs: [String: Proof] = [:]
        for entry in entries {
            guard let proof = entry.proof, let platform = entry.platform else { continue }
            guard proof.outcome != .notProved else {
                throw ImageRunError.notProved(platform: platform, reason: proof.detail ?? "")
            }
            proofs[platform] = proof
        }
        return proofs
    }
}

extension ImageProof {
    /// The claims of a summary, from what the image of each platform did.
    init(of proofs: [String: Proof]) {
        self.init(
            proofs.mapValues { proof in
                Claim(
                    proof.outcome, by: proof.by,
                    probes: proof.answers.map { $0.filter { $0.failure == nil }.map(\.probe) })
            })
    }
}
