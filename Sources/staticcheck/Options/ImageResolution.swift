import ArgumentParser
import Configuration
import ScratchImage
import SystemPackage
import Verification
import Workflows

extension ImageOptions {
    /// The contents of an image. A single value on the command line replaces the configured one. Files, ports, labels,
    /// annotations and variables are added to the configured ones. The arguments of the program are replaced as a whole.
    func resolve(over file: ConfigurationFile, in context: Context) throws -> ImageContents {
        let section = file.settings.image
        var contents = ImageContents()
        contents.reference = try tag ?? section?.configured("tag", section?.tag)
        contents.user = try user ?? section?.user() ?? .standard
        contents.with = Set(section?.with ?? []).subtracting(without).union(with)
        contents.without = Set(section?.without ?? []).subtracting(with).union(without)
        contents.certificates = place(certificates, section?.certificates, file, context)
        contents.timeZones = place(timeZones, section?.timeZones, file, context)
        contents.added =
            try (section?.configured("add", section?.add) ?? []).map { (files: AddedFiles) in files.from(file.folder) }
            + add.map { $0.from(context.folder) }
        contents.writable = try (section?.configured("writable", section?.writable) ?? []) + writable
        contents.arguments = arguments.isEmpty ? section?.arguments ?? [] : arguments
        contents.command = command.isEmpty ? section?.command ?? [] : command
        contents.environment = environment.merged(into: section?.environment)
        contents.ports = try (section?.ports() ?? []) + expose
        contents.labels = labels.merged(into: section?.labels)
        contents.annotations = annotations.merged(into: section?.annotations)
        contents.stopSignal = try (stopSignal ?? section?.configured("stop-signal", section?.stopSignal))?.text
        contents.sizeLimit = try (maxSize ?? section?.configured("max-size", section?.maximumSize))?.bytes
        contents.health = try health.resolve(over: section)
        contents.workingFolder =
            try (workingFolder ?? section?.configured("workdir", section?.workingFolder))?.path ?? "/"
        switch compression ?? section?.compression {
        case .gzip, nil: contents.compression = .gzip
        case .zstd: contents.compression = .zstd
        case .some(.none): contents.compression = .none
        }
        return contents
    }

    private func place(
        _ given: String?, _ configured: String?, _ file: ConfigurationFile, _ context: Context
    ) -> NamedPath? {
        given.map { NamedPath($0, from: context.folder) } ?? configured.map { NamedPath($0, from: file.folder) }
    }
}

extension ImageSection {
    /// The user; nil if none is configured.
    func user() throws -> UserNumbers? { try configured("user", user) }

    /// The ports.
    func ports() throws -> [Port] { try configured("expose", ports) }

    /// Parses a text of the section in the same way as the option with the same meaning.
    ///
    /// - Throws: `ValidationError` that names the key.
    func configured<Value: OptionForm>(_ key: String, _ text: String?) throws -> Value? {
        do { return try text.map { try Value(parsing: $0) } } catch {
            throw ValidationError("'image.\(key)' in \(ConfigurationFile.name): \(error)")
        }
    }

    func configured<Value: OptionForm>(_ key: String, _ texts: [String]?) throws -> [Value] {
        try (texts ?? []).compactMap { try configured(key, $0) }
    }
}

extension [NamedValue] {
    /// The configured values, with these added. These win.
    func merged(into configured: [String: String]?) -> [String: String] {
        reduce(into: configured ?? [:]) { $0[$1.name] = $1.value }
    }
}
