import ArgumentParser
import Configuration
import ScratchImage
import SystemPackage
import Verification
import Workflows

extension ImageOptions {
    /// The contents of an image. Single values of the command line replace configured ones; lists of files, ports, labels
    /// and the like are added to them; the arguments of the program are replaced as a whole.
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
        contents.arguments = arguments.isEmpty ? section?.arguments ?? [] : arguments
        contents.command = command.isEmpty ? section?.command ?? [] : command
        contents.environment = environment.merged(into: section?.environment)
        contents.ports = try (section?.ports() ?? []) + expose
        contents.labels = labels.merged(into: section?.labels)
        contents.annotations = annotations.merged(into: section?.annotations)
        contents.stopSignal = stopSignal?.text ?? section?.stopSignal
        contents.workingFolder = workingFolder?.path ?? section?.workingFolder ?? "/"
        switch compression ?? section?.compression {
        case .gzip, nil: contents.compression = .gzip
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

    /// Reads a text of the section as the option of the same meaning would.
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
    /// The values over configured ones.
    func merged(into configured: [String: String]?) -> [String: String] {
        reduce(into: configured ?? [:]) { $0[$1.name] = $1.value }
    }
}
