import Attestation
import Files
import Reporting
import ScratchImage
import Verification

/// Reads what is compared of images.
struct ImageFactsReader: Sendable {
    let policy: Policy
    let isInsecure: Bool
    let context: Context

    /// The images of all platforms.
    ///
    /// - Throws: `ImageReadingError`, `FileError`, `ContextError`, `CancellationError`.
    func facts(of image: ImageTarget) async throws -> [ImageFacts] {
        let end = context.listener.begin("reading \(image.text)")
        defer { end() }
        return try await image.withSource(isInsecure: isInsecure, in: context) { source in
            let contents = try source.contents()
            for platform in contents.absent {
                context.listener.note(
                    "\(image.text): \(platform) is named by the index and not there; it is not compared")
            }
            var seen: [String: Int] = [:]
            return try contents.entries.map { entry in
                let platform = entry.platform.text
                seen[platform, default: 0] += 1
                let number = seen[platform, default: 1]
                return try facts(of: entry, platform: number == 1 ? platform : "\(platform) (\(number))")
            }
        }
    }

    private func facts(of entry: ImageSource.Entry, platform: String) throws -> ImageFacts {
        let inspection = try ImageInspection(entry)
        var files: [String: RootFile] = [:]
        try inspection.forEachMember { files[$0.path] = try RootFile($0) }
        var programs: [ProgramFacts] = []
        func add(_ path: String, _ bytes: [UInt8], _ subject: Subject) {
            programs.append(ProgramFacts(path: path, bytes: bytes, subject: subject, policy: policy))
        }
        if !entry.isForAnotherSystem {
            add(inspection.path, inspection.bytes, inspection.subject)
            try inspection.forEachOtherProgram { add($0.path, $0.bytes, $0.subject) }
        }
        return ImageFacts(
            platform: platform, digest: entry.digest, settings: inspection.configuration.settings, files: files,
            programs: programs)
    }
}

extension RootFile {
    fileprivate init(_ member: ImageMember) throws {
        var content: (size: Int, sha256: String)?
        var target: String?
        let kind: Kind
        switch member.kind {
        case .folder: kind = .folder
        case .file(let bytes):
            kind = .file
            var stream = DigestStream()
            try bytes.stream { stream.update($0[...]) }
            content = (bytes.count, stream.digest.hexadecimal)
        case .link(let path):
            kind = .link
            target = path
        case .hardLink(let path):
            kind = .hardLink
            target = path
        }
        self.init(
            kind: kind, mode: member.mode, user: member.user, group: member.group, size: content?.size,
            sha256: content?.sha256, target: target)
    }
}

extension ImageConfiguration {
    /// What a runtime takes from it, by name.
    fileprivate var settings: [String: String] {
        guard let config else { return [:] }
        var settings: [String: String] = [:]
        func set(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { settings[name] = value }
        }
        set("user", config.user)
        set("entry point", config.entrypoint.map(quoted))
        set("arguments", config.cmd.map(quoted))
        set("working folder", config.workingDir)
        set("stop signal", config.stopSignal)
        set("health check", config.healthcheck?.words.map(quoted))
        for (name, value) in config.healthcheck?.times ?? [:] { settings["health check \(name)"] = value }
        for volume in config.volumes?.keys.sorted() ?? [] { settings["volume \(volume)"] = "declared" }
        for variable in config.env ?? [] {
            let parts = variable.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            settings["environment \(parts.first ?? "")"] = parts.count > 1 ? String(parts[1]) : ""
        }
        for port in config.exposedPorts?.keys.sorted() ?? [] { settings["port \(port)"] = "exposed" }
        for (name, value) in config.labels ?? [:] { settings["label \(name)"] = value }
        return settings
    }

    /// Words as a JSON array, as images hold them.
    private func quoted(_ words: [String]) -> String {
        "[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
}
