public import Verification

/// The section `image` of the configuration. What is nil or empty is decided by the command line, else by what the program needs.
public struct ImageSection: Sendable, Hashable {
    /// The name of the image.
    public let tag: String?
    /// The file names of its programs; empty takes all.
    public let programs: [String]
    /// The program that it starts.
    public let entryPoint: String?
    /// The user and group as numbers, `65532:65532`.
    public let user: String?
    /// Needs that are met even if the program does not seem to have them.
    public let with: [RuntimeNeed]
    /// Needs that are not met even if the program seems to have them.
    public let without: [RuntimeNeed]
    /// The file of CA certificates. This and other paths start from the folder of the configuration.
    public let certificates: String?
    /// The zip archive or folder of time zones.
    public let timeZones: String?
    /// Files to add, `source:/target`.
    public let add: [String]
    /// Folders that the program may write to, as absolute paths.
    public let writable: [String]
    /// Arguments of the entry point.
    public let arguments: [String]
    /// Arguments that users of the image may replace.
    public let command: [String]
    /// Environment variables.
    public let environment: [String: String]
    /// Ports that the program listens on: `8080`, `53/udp`.
    public let ports: [String]
    /// Labels of the image configuration.
    public let labels: [String: String]
    /// Annotations of the index and the manifests.
    public let annotations: [String: String]
    /// The signal that asks the program to end.
    public let stopSignal: String?
    /// How engines ask the container whether it works.
    public let health: Health
    /// The folder that the program starts in.
    public let workingFolder: String?
    /// The most that the image of a platform may be, `20MB`.
    public let maximumSize: String?
    /// How layers are stored.
    public let compression: LayerStorage?

    /// How far the image of each platform must get before it is written; nil starts none.
    public let proof: ProofDepth?
    /// What it must answer then.
    public let probes: [String]

    /// The keys with which an image differs from one that is built with the Dockerfile that `dockerfile` writes.
    public var keysForImagesAlone: [String] {
        let given = [
            ("add", !add.isEmpty), ("annotations", !annotations.isEmpty), ("args", !arguments.isEmpty),
            ("certificates", certificates != nil), ("cmd", !command.isEmpty),
            ("env", !environment.isEmpty), ("labels", !labels.isEmpty), ("stop-signal", stopSignal != nil),
            ("time-zones", timeZones != nil), ("with", !with.isEmpty), ("without", !without.isEmpty),
            ("workdir", workingFolder != nil), ("writable", !writable.isEmpty),
        ]
        return given.filter(\.1).map(\.0)
    }

    /// How engines ask a container whether it works; what is nil is left to them.
    public struct Health: Sendable, Hashable {
        /// What they ask: `http://127.0.0.1:8080/healthz`.
        public var question: String?
        /// The time between two questions, `10s`.
        public var interval: String?
        /// How long an answer may take.
        public var timeout: String?
        /// How long after the start a failure does not count.
        public var startPeriod: String?
        /// How many failures in a row count.
        public var retries: String?

        /// Asks nothing.
        public init() {}
    }

    static let keys = [
        "tag", "programs", "entrypoint", "user", "with", "without", "certificates", "time-zones", "add", "writable",
        "args", "cmd",
        "env", "expose", "labels",
        "annotations", "stop-signal", "workdir", "max-size", "compression", "prove", "probes",
        "healthcheck", "healthcheck-interval", "healthcheck-timeout", "healthcheck-start-period", "healthcheck-retries",
    ]

    init(_ value: Value) throws(ConfigurationError) {
        let entries = try value.entries(ImageSection.keys)
        func texts(_ key: String) throws(ConfigurationError) -> [String] {
            try entries[key]?.strings() ?? []
        }
        func needs(_ key: String) throws(ConfigurationError) -> [RuntimeNeed] {
            try entries[key]?.texts().map { (text) throws(ConfigurationError) in
                try text.choice(RuntimeNeed.self)
            } ?? []
        }
        func pairs(_ key: String) throws(ConfigurationError) -> [String: String] {
            try entries[key]?.pairs() ?? [:]
        }
        tag = try entries["tag"]?.text()
        programs = try texts("programs")
        entryPoint = try entries["entrypoint"]?.text()
        user = try entries["user"]?.text()
        with = try needs("with")
        without = try needs("without")
        if let value = entries["without"], let both = with.first(where: without.contains) {
            throw value.error(.refused(key: value.path, reason: "'\(both.rawValue)' is in 'with' too"))
        }
        certificates = try entries["certificates"]?.text()
        timeZones = try entries["time-zones"]?.text()
        add = try texts("add")
        writable = try texts("writable")
        arguments = try texts("args")
        command = try texts("cmd")
        environment = try pairs("env")
        ports = try texts("expose")
        labels = try pairs("labels")
        annotations = try pairs("annotations")
        stopSignal = try entries["stop-signal"]?.text()
        workingFolder = try entries["workdir"]?.text()
        var health = Health()
        health.question = try entries["healthcheck"]?.text()
        health.interval = try entries["healthcheck-interval"]?.text()
        health.timeout = try entries["healthcheck-timeout"]?.text()
        health.startPeriod = try entries["healthcheck-start-period"]?.text()
        health.retries = try entries["healthcheck-retries"]?.text()
        self.health = health
        maximumSize = try entries["max-size"]?.text()
        proof = try entries["prove"]?.choice(ProofDepth.self)
        probes = try texts("probes")
        compression = try entries["compression"]?.choice(LayerStorage.self)
    }
}
