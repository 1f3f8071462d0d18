import Verification

/// The parts of a SARIF log that this program writes, under the names of the standard.
struct SARIFLog: Encodable {
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    struct Run: Encodable {
        let tool: Tool
        let automationDetails: AutomationDetails
        let invocations: [Invocation]
        let artifacts: [Artifact] = []
        let results: [Result] = []
    }

    struct Tool: Encodable {
        let driver: Driver
    }

    struct Driver: Encodable {
        let name: String
        let version: String
        let semanticVersion: String
        let rules: [ReportingDescriptor]
    }

    struct ReportingDescriptor: Encodable {
        let id: String
        let shortDescription: Message
        let fullDescription: Message
        let help: Help
        let defaultConfiguration: Configuration
        let properties: Properties

        init(_ rule: RuleDocument, level: String) {
            id = rule.identifier
            shortDescription = Message(text: rule.summary)
            fullDescription = Message(text: rule.rationale)
            help = Help(rule)
            // `off` is no level of SARIF: the rule stands there with its own, and is not enabled.
            let isOn = level != "off"
            defaultConfiguration = Configuration(enabled: isOn, level: isOn ? level : rule.level.rawValue)
            let severity = isOn && level != "note" ? level : "recommendation"
            properties = Properties(tags: ["containers", "elf"], precision: "very-high", severity: severity)
        }
    }

    struct Help: Encodable {
        let text: String
        let markdown: String

        init(_ rule: RuleDocument) {
            text = rule.sections.map { "\($0.title): \($0.text)" }.joined(separator: "\n")
            markdown = rule.sections.map { "**\($0.title)**: \($0.text)" }.joined(separator: "\n\n")
        }
    }

    struct Configuration: Encodable {
        let enabled: Bool
        let level: String
    }

    struct Properties: Encodable {
        let tags: [String]
        let precision: String
        let severity: String

        enum CodingKeys: String, CodingKey {
            case tags, precision
            case severity = "problem.severity"
        }
    }

    struct AutomationDetails: Encodable {
        let id: String
    }

    struct Invocation: Encodable {
        let executionSuccessful: Bool
        let exitCode: Int
        let toolExecutionNotifications: [Notification]
    }

    struct Notification: Encodable {
        let level: String
        let message: Message
        var locations: [Location]?
    }

    struct Message: Encodable {
        let text: String
    }

    struct Artifact: Encodable {
        let location: ArtifactLocation
        let parentIndex: Int?
        let length: Int?
        let roles: [String]
        let mimeType: String
        let hashes: [String: String]?
    }

    struct ArtifactLocation: Encodable {
        let uri: String
    }

    struct Result: Encodable {
        let ruleId: String
        let ruleIndex: Int?
        let level: String
        let message: Message
        let locations: [Location]
        let relatedLocations: [Location]?
        let partialFingerprints: [String: String]
        let suppressions: [Suppression]?
        let hostedViewerUri: String?
        let properties: Advisory?
    }

    struct Suppression: Encodable {
        let kind: String
        let justification: String
    }

    struct Location: Encodable {
        let physicalLocation: PhysicalLocation
        let message: Message?

        init(uri: String, message: String? = nil, line: Int = 1, column: Int = 1) {
            physicalLocation = PhysicalLocation(
                artifactLocation: ArtifactLocation(uri: uri), region: Region(line: line, column: column))
            self.message = message.map(Message.init)
        }
    }

    struct PhysicalLocation: Encodable {
        let artifactLocation: ArtifactLocation
        let region: Region
    }

    /// One character: the first of the file if the finding is about the whole file.
    struct Region: Encodable {
        let startLine: Int
        let startColumn: Int
        let endLine: Int
        let endColumn: Int

        init(line: Int, column: Int) {
            startLine = line
            startColumn = column
            endLine = line
            endColumn = column + 1
        }
    }
}
