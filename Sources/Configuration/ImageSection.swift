/// The section `image` of the configuration; what is not there is left to the command line, and then to the program's needs.
public struct ImageSection: Sendable, Hashable {
    /// The name of the image.
    public let tag: String?
    /// The user and group, in numbers.
    public let user: String?
    /// Needs that are met though they were not seen.
    public let with: [String]
    /// Needs that are not met though they were seen.
    public let without: [String]
    /// The bundle of certificates.
    public let certificates: String?
    /// The archive or folder of time zones.
    public let timeZones: String?
    /// More files, `source:/target`.
    public let add: [String]
    /// Arguments of the entry point.
    public let arguments: [String]
    /// Arguments that users may replace.
    public let command: [String]
    /// Variables.
    public let environment: [String: String]
    /// Ports.
    public let ports: [String]
    /// Labels.
    public let labels: [String: String]
    /// Annotations.
    public let annotations: [String: String]
    /// The signal that asks the program to end.
    public let stopSignal: String?
    /// The folder that the program starts in.
    public let workingFolder: String?
    /// `gzip` or `none`.
    public let compression: String?

    static let keys = [
        "tag", "user", "with", "without", "certificates", "time-zones", "add", "args", "cmd", "env", "expose", "labels",
        "annotations", "stop-signal", "workdir", "compression",
    ]

    init(_ value: Value, needs: [String]) throws(ConfigurationError) {
        let entries = try value.entries(ImageSection.keys)
        func texts(_ key: String) throws(ConfigurationError) -> [String] {
            try entries[key]?.texts().map { (text) throws(ConfigurationError) in try text.text() } ?? []
        }
        func words(_ key: String) throws(ConfigurationError) -> [String] {
            try entries[key]?.texts().map { (text) throws(ConfigurationError) in try text.word(of: needs) } ?? []
        }
        func pairs(_ key: String) throws(ConfigurationError) -> [String: String] {
            var pairs: [String: String] = [:]
            for (name, value) in try entries[key]?.mapping({ _ in }) ?? [:] { pairs[name] = try value.text() }
            return pairs
        }
        tag = try entries["tag"]?.text()
        user = try entries["user"]?.text()
        with = try words("with")
        without = try words("without")
        certificates = try entries["certificates"]?.text()
        timeZones = try entries["time-zones"]?.text()
        add = try texts("add")
        arguments = try texts("args")
        command = try texts("cmd")
        environment = try pairs("env")
        ports = try texts("expose")
        labels = try pairs("labels")
        annotations = try pairs("annotations")
        stopSignal = try entries["stop-signal"]?.text()
        workingFolder = try entries["workdir"]?.text()
        compression = try entries["compression"]?.word(of: ["gzip", "none"])
    }
}
