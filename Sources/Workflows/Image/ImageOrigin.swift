import Attestation
import GoBinary
import GoToolchain
import ScratchImage
import SystemPackage
import Text

/// The time, commit, version and repository that an image states: from the build info of the program that it starts, or else
/// from git.
///
/// Annotations: https://github.com/opencontainers/image-spec/blob/main/annotations.md
struct ImageOrigin: Sendable {
    /// `SOURCE_DATE_EPOCH`, else the time of the commit, else 0. Never the current time, which would make each image differ.
    let created: Int
    private let revision: String?
    private let version: String?
    private let source: String?

    init(of supply: ImageSupply, reference: ImageReference, in context: Context) async throws {
        let (folder, environment) = (context.folder, context.environment)
        let info = supply.binaries.first { $0.name == supply.entryPoint }?.binary.buildInfo
        let commit = info?.settings["vcs.revision"]
        let isModified = info?.settings["vcs.modified"] == "true"
        let facts = try? await GitFacts.of(folder, environment: environment, date: nil)
        // git describes the working folder. Use it only if the binary was built from the same commit.
        let isOfFolder = facts != nil && (commit == nil ? supply.isBuilt : commit == facts?.commit)
        revision = (commit ?? (isOfFolder ? facts?.commit : nil)).map { isModified ? $0 + "-dirty" : $0 }
        source = isOfFolder ? await GitFacts.source(of: folder, environment: environment) : nil
        let own = info?.main?.version
        let described = isOfFolder ? facts?.version : nil
        let tag = reference.tag == "latest" ? nil : reference.tag
        version = tag ?? (own == "(devel)" || own?.isEmpty == true ? nil : own) ?? described
        let time = info?.settings["vcs.time"] ?? (isOfFolder ? facts?.date : nil)
        created = try context.sourceDate() ?? time.flatMap(Timestamp.init(rfc3339:))?.seconds ?? 0
    }

    func annotations(title: String, created: String) -> [String: String] {
        let values = [
            "title": title, "created": created, "revision": revision, "version": version, "source": source,
        ]
        return Dictionary(
            values.compactMap { key, value in value.map { ("org.opencontainers.image.\(key)", $0) } }
        ) { first, _ in first }
    }
}
