import Attestation
import ELF
import Files
import GoBinary
import Reporting
import ScratchImage
import SystemPackage
import Verification

/// Checks images against a gate: the program that each starts must be stamped, and find in the image what it needs.
struct ImageGate: Sendable {
    let gate: Gate
    /// The folder of the programs' stamps. Stamps beside an image at its registry count too.
    let stamps: FilePath?
    let isInsecure: Bool
    /// How the programs that images start are tried; nil tries none.
    let prover: ImageProver?
    let context: Context

    /// The entries of the report, and the platforms that were admitted.
    struct Result {
        var entries: [GateReport.Entry] = []
        var platforms: Set<Platform> = []
        var problems: [Report.Problem] = []
    }

    func result(on images: [ImageTarget]) async throws -> Result {
        var result = Result()
        guard !images.isEmpty else { return result }
        let own = try stamps.map(ImageGate.documents) ?? []
        for image in images {
            let end = context.listener.begin("checking \(image.text)")
            defer { end() }
            do {
                try await image.withSource(isInsecure: isInsecure, in: context) { source in
                    let contents = try source.contents()
                    let local = own + image.localSummaries
                    var beside: [String: [StampDocument]] = [:]
                    for entry in contents.entries {
                        let digests = [entry.digest] + entry.indexes
                        for digest in digests where beside[digest] == nil {
                            beside[digest] = try await image.stamps(of: digest, isInsecure: isInsecure, in: context)
                        }
                        let documents = local + digests.flatMap { beside[$0] ?? [] }
                        try await check(entry, of: image, documents: documents, into: &result)
                    }
                    result.problems += contents.absent.map { Report.Problem(path: image.text, absent: $0) }
                }
            } catch let error where error is ImageReadingError || error is FileError || error is ContextError {
                result.problems.append(.init(path: image.text, message: "\(error)"))
            }
        }
        return result
    }

    private func check(
        _ entry: ImageSource.Entry, of image: ImageTarget, documents: [StampDocument], into result: inout Result
    ) async throws {
        let inspection = try ImageInspection(entry)
        let path = "\(image.text) \(inspection.path)"
        let proof = try await prover?.prove(inspection)
        if let proof, proof.outcome == .notProved {
            result.problems.append(.init(path: path, message: "not proved: \(proof.detail ?? "")"))
        }
        do throws(GateRefusal) {
            let program = GatedProgram(
                bytes: inspection.bytes, permissions: inspection.permissions, subject: inspection.subject.with(proof),
                platform: inspection.platform)
            let admission = try gate.admit(program, of: GatedImage(entry), documents: documents)
            result.entries.append(.init(path: path, admitted: admission))
            result.platforms.insert(admission.platform)
        } catch {
            let isUnknown = error.reason == .missing && documents.isEmpty && gate.requiredProof == nil
            result.entries.append(
                .init(
                    path: path, platform: entry.platform.text,
                    refused: isUnknown ? .noStampOfImage : error))
        }
        try inspection.forEachOtherProgram { program in
            let errors = gate.policy.errors(in: program.subject)
            guard !errors.isEmpty else { return }
            result.entries.append(
                .init(
                    path: "\(image.text) \(program.path)", platform: entry.platform.text, refused: .notReady(errors)))
        }
    }

    private static func documents(below folder: FilePath) throws -> [StampDocument] {
        let tree = FileTree(below: folder)
        if let error = tree.errors.first { throw error }
        return tree.files.compactMap { StampDocument(at: $0) }
    }
}

extension GatedImage {
    fileprivate init(_ entry: ImageSource.Entry) {
        self.init(
            manifest: Digest(inOCI: entry.digest), indexes: entry.indexes.compactMap(Digest.init(inOCI:)),
            platform: entry.platform.text,
            named: entry.platform.named)
    }
}

extension Report.Problem {
    /// An image that was not seen cannot be admitted, and a registry may have it.
    fileprivate init(path: String, absent platform: String) {
        self.init(path: path, message: "the index names \(platform), which is not there: nothing can be said about it")
    }
}
