import Attestation
import ELF
import Files
import GoBinary
import Reporting
import ScratchImage
import SystemPackage
import Verification

/// Leads images that others made through a gate: what they start must be stamped, and their root must give it what it needs.
struct ImageGate: Sendable {
    let gate: Gate
    /// Where the stamps of the programs lie; a registry's own count as well.
    let stamps: FilePath?
    let isInsecure: Bool

    /// What became of some images, with the platforms that were let through.
    struct Result {
        var entries: [GateReport.Entry] = []
        var platforms: Set<Platform> = []
        var problems: [Report.Problem] = []
    }

    func result(on images: [ImageTargets.Target]) async throws -> Result {
        var result = Result()
        guard !images.isEmpty else { return result }
        let own = try stamps.map(ImageGate.documents) ?? []
        for image in images {
            do {
                try await image.withSource(isInsecure: isInsecure) { source in
                    for entry in try source.entries() {
                        try await look(at: entry, of: image, stamps: own, into: &result)
                    }
                }
            } catch let error as ImageError {
                result.problems.append(.init(path: image.text, message: "\(error)"))
            }
        }
        return result
    }

    private func look(
        at entry: ImageSource.Entry, of image: ImageTargets.Target, stamps: [StampDocument], into result: inout Result
    ) async throws {
        let inspection = try ImageInspection(entry)
        let path = "\(image.text) \(inspection.path)"
        let beside = try await image.stamps(of: entry.digest, isInsecure: isInsecure)
        do {
            let errors = gate.policy.errors(in: inspection.subject)
            guard errors.isEmpty else { throw GateRefusal.notReady(errors) }
            let binary = try gate.admit(
                inspection.bytes, permissions: inspection.permissions, stamps: stamps + beside)
            result.entries.append(.init(path: path, admitted: binary))
            result.platforms.insert(binary.platform)
        } catch let refusal as GateRefusal {
            let isUnknown = refusal.reason == .missing && stamps.isEmpty && beside.isEmpty
            result.entries.append(
                .init(
                    path: path, platform: entry.platform.text,
                    refused: isUnknown ? .noStampOfImage : refusal))
        }
    }

    private static func documents(below folder: FilePath) throws -> [StampDocument] {
        let tree = FileTree(below: folder)
        if let error = tree.errors.first { throw error }
        return tree.files.compactMap { StampDocument(at: $0) }
    }
}
