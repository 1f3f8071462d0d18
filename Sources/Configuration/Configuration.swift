public import Licensing
public import Verification
import YAML

/// What `scratchcheck.yaml` says.
public struct Configuration: Sendable {
    /// The builds; empty if the file names none.
    public let builds: [BuildSettings]
    /// The folder for the binaries, below the folder of the configuration.
    public let output: ConfiguredPath?
    /// Rules with another level than their own.
    public let ruleChanges: [Policy.Change]
    /// Findings that are allowed.
    public let exceptions: [Exception]
    /// Whether and how binaries that pass are stamped.
    public let stamps: StampSettings?
    /// Whether every program is built twice and compared.
    public let reproduce: Bool?
    /// The name of the cache program, or `off`; nil if the file names none.
    public let cache: String?
    /// Reports to write to files, in addition to the one on standard output.
    public let reports: [ReportSettings]
    /// How images are made.
    public let image: ImageSection?
    /// Who supplies the programs, for bills of materials.
    public let supplier: Supplier?
    /// The licences that no module of a program may have.
    public let deniedLicenses: [LicenseName]
    /// What is demanded of the inside of programs.
    public let demands: Demands
    /// Where known vulnerabilities are looked up; nil if they are not.
    public let vulnerabilities: VulnerabilitySettings?

    /// Whether and how binaries are stamped.
    public struct StampSettings: Sendable, Hashable {
        /// Whether binaries are stamped.
        public let isOn: Bool
        /// The private key. A relative path starts from the folder of the configuration.
        public let key: KeySource?
        /// What is written beside signed binaries.
        public let format: StampFormat?

        init(_ value: Value) throws(ConfigurationError) {
            guard case .mapping = value.node.content else {
                isOn = try value.truth()
                key = nil
                format = nil
                return
            }
            let entries = try value.entries(["enabled", "key", "format"])
            isOn = try entries["enabled"]?.truth() ?? true
            key = try entries["key"].map { (value) throws(ConfigurationError) in KeySource(try value.text()) }
            format = try entries["format"]?.choice(StampFormat.self)
        }
    }

    /// A report and its file.
    public struct ReportSettings: Sendable, Hashable {
        /// The format.
        public let format: ReportFormat
        /// The file, below the folder of the configuration.
        public let file: ConfiguredPath
    }

    /// Nothing configured.
    public static let empty = Configuration()

    private init() {
        builds = []
        output = nil
        ruleChanges = []
        exceptions = []
        stamps = nil
        reproduce = nil
        cache = nil
        reports = []
        image = nil
        supplier = nil
        deniedLicenses = []
        demands = .none
        vulnerabilities = nil
    }

    /// The longest file that is read, in bytes.
    public static let maximumSize = 1 << 20

    static let keys = [
        "version", "builds", "output", "policy", "stamps", "reproduce", "cache", "reports", "image", "supplier",
        "licenses",
        "vulnerabilities", "require",
    ]

    /// Reads a file's text.
    ///
    /// - Parameters:
    ///   - text: The YAML document.
    ///   - file: The name of the file, for messages.
    /// - Throws: `ConfigurationError` with line and column: invalid YAML, wrong types, unknown keys, rules and platforms,
    ///   settings that could run a program, and outputs that are not below the folder of the file.
    public init(_ text: String, file: String) throws(ConfigurationError) {
        guard let node = try Configuration.document(text, file: file) else {
            self = .empty
            return
        }
        let entries = try Value(node: node, file: file, path: "").entries(Configuration.keys)
        if let version = entries["version"] { _ = try version.word(of: ["1"]) }
        builds = try entries["builds"]?.list().map(BuildSettings.init) ?? []
        output = try entries["output"]?.output()
        let policy = try entries["policy"]?.entries(["rules", "exceptions"]) ?? [:]
        ruleChanges = try policy["rules"].map(Configuration.changes) ?? []
        exceptions = try policy["exceptions"]?.list().map(Configuration.exception) ?? []
        stamps = try entries["stamps"].map { (value) throws(ConfigurationError) in try StampSettings(value) }
        reproduce = try entries["reproduce"]?.truth()
        cache = try entries["cache"].map(Configuration.cacheProgram)
        image = try entries["image"].map { (value) throws(ConfigurationError) in try ImageSection(value) }
        supplier = try entries["supplier"].map { (value) throws(ConfigurationError) in
            try value.read(Supplier.init(parsing:))
        }
        let licenses = try entries["licenses"]?.entries(["deny"]) ?? [:]
        deniedLicenses =
            try licenses["deny"]?.texts().map { (value) throws(ConfigurationError) in
                try value.read(LicenseName.init(parsing:))
            } ?? []
        demands = try entries["require"].map(Configuration.demands) ?? .none
        vulnerabilities = try entries["vulnerabilities"].map { (value) throws(ConfigurationError) in
            try VulnerabilitySettings(value)
        }
        reports =
            try entries["reports"]?.list().map { (report) throws(ConfigurationError) in
                let entries = try report.entries(["format", "file"])
                guard let format = entries["format"], let file = entries["file"] else {
                    throw report.error(.missingKeys(["format", "file"], in: report.path))
                }
                return ReportSettings(format: try format.choice(ReportFormat.self), file: try file.output())
            } ?? []
    }

    private static func document(_ text: String, file: String) throws(ConfigurationError) -> YAMLNode? {
        guard text.utf8.count <= maximumSize else {
            throw ConfigurationError(file: file, .tooLarge(limit: maximumSize))
        }
        let documents: [YAMLNode]
        do { documents = try YAMLReader.documents(of: text) } catch {
            throw ConfigurationError(
                file: file, line: error.mark?.line, column: error.mark?.column, .notYAML(error.description))
        }
        if documents.count > 1 {
            throw Value(node: documents[1], file: file, path: "").error(.secondDocument)
        }
        return documents.first?.scalar == "" ? nil : documents.first
    }

    private static func changes(_ rules: Value) throws(ConfigurationError) -> [Policy.Change] {
        let entries = try rules.mapping { (key) throws(ConfigurationError) in
            _ = try key.read { try Policy.check(rule: $0) }
        }
        let levels = Level.allCases.map(\.rawValue) + ["off"]
        return try entries.sorted { $0.key < $1.key }.map { (rule, value) throws(ConfigurationError) in
            guard case .mapping = value.node.content else {
                return Policy.Change(rule: rule, level: Level(rawValue: try value.word(of: levels)))
            }
            let parts = try value.entries(["level", "reason"])
            guard let level = parts["level"] else { throw value.error(.missingKeys(["level"], in: value.path)) }
            return Policy.Change(
                rule: rule, level: Level(rawValue: try level.word(of: levels)), reason: try parts["reason"]?.text())
        }
    }
}
