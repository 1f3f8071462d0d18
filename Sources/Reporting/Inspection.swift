import ELF
import GoBinary
import Text
public import Verification

/// Everything that is known about one binary, for a terminal or as JSON.
public struct Inspection: Sendable, Codable {
    private let path: String
    private let size: Int
    private let sha256: String
    private let format: String
    private let verdict: Verdict
    private let platform: String?
    private let header: [String: String]
    private let segments: [SegmentRow]
    private let interpreters: [String]
    private let libraries: [String]
    private let notes: [String]
    private let buildInfo: Build?
    /// What the code can do, each with the functions that show it; nil if there is no line table.
    private let capabilities: [String: [String]]?
    private let debugBytes: Int
    private let findings: [FindingReport]

    private struct SegmentRow: Codable {
        let type: String
        let flags: String
        let offset: UInt64
        let address: UInt64
        let fileSize: UInt64
        let memorySize: UInt64
    }

    private struct Build: Codable {
        let goVersion: String
        let path: String
        let module: String?
        let dependencies: [String]
        let settings: [String: String]
    }

    /// Collects what the headers, the build info and the rules say.
    ///
    /// - Parameter digest: The SHA-256 digest of the same bytes, in hexadecimal.
    public init(path: String, size: Int, digest: String, subject: Subject, judgement: Judgement) {
        let image = subject.image
        self.path = path
        self.size = size
        self.sha256 = digest
        self.format = Inspection.format(of: subject)
        self.verdict = judgement.verdict
        self.platform = subject.platform?.description
        self.header = image.map { Inspection.fields(of: $0.header) } ?? [:]
        self.segments = image?.segments.map(Inspection.row) ?? []
        self.interpreters = image?.interpreters.map { $0 ?? "(unreadable)" } ?? []
        self.libraries = image?.dynamicTables.flatMap { $0.libraries.map { "\($0.tag) \($0.name)" } } ?? []
        self.notes = image?.notes.map { "\($0.owner) type \($0.type), \($0.descriptor.count.counted("byte"))" } ?? []
        self.buildInfo = subject.buildInfo.map { info in
            Build(
                goVersion: info.goVersion, path: info.path,
                module: info.main.map { "\($0.path) \($0.version)" },
                dependencies: info.dependencies.map { "\($0.importedPath) \($0.fullVersion)" }, settings: info.settings)
        }
        self.capabilities = subject.lineTable.map { table in
            Dictionary(uniqueKeysWithValues: Capabilities(of: table).functions.map { ($0.key.rawValue, $0.value) })
        }
        self.debugBytes = image?.debugDataSize ?? 0
        self.findings = judgement.findings.map { FindingReport($0, causes: []) }
    }

    private static func format(of subject: Subject) -> String {
        switch subject.content {
        case .absent: "nothing"
        case .image(let image): "ELF \(image.header.elfClass.bits)-bit \(image.header.byteOrder) endian"
        case .malformed(let error): "malformed ELF: \(error)"
        case .other(let format): format.rawValue
        }
    }

    private static func fields(of header: ELFHeader) -> [String: String] {
        [
            "type": "\(header.type)", "machine": "\(header.machine)", "osabi": "\(header.osABI)",
            "entry": hexadecimal(header.entry), "flags": hexadecimal(header.flags),
        ]
    }

    private static func row(_ segment: Segment) -> SegmentRow {
        SegmentRow(
            type: "\(segment.kind)", flags: "\(segment.flags)", offset: segment.offset, address: segment.address,
            fileSize: segment.fileSize, memorySize: segment.memorySize)
    }

    private static func hexadecimal(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }

    /// The text for a terminal, printable.
    public var text: String {
        var pairs = [
            ["file", path], ["format", format], ["platform", platform ?? "-"], ["verdict", verdict.rawValue],
        ]
        pairs += [
            ["size", "\(size.counted("byte")) (\(debugBytes) of them symbols and debug data)"], ["sha256", sha256],
        ]
        pairs += header.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
        pairs += list("interpreter", interpreters) + list("library", libraries) + list("note", notes)
        if let buildInfo {
            pairs += [["go", buildInfo.goVersion], ["package", buildInfo.path], ["module", buildInfo.module ?? "-"]]
            pairs += buildInfo.dependencies.map { ["dependency", $0] }
            pairs += buildInfo.settings.sorted { $0.key < $1.key }.map { ["setting", "\($0.key)=\($0.value)"] }
        }
        pairs += (capabilities ?? [:]).sorted { $0.key < $1.key }.map { name, functions in
            ["capability", "\(name) (\(functions.joined(separator: ", ")))"]
        }
        let segmentRows =
            [["SEGMENT", "FLAGS", "OFFSET", "ADDRESS", "FILE", "MEMORY"]]
            + segments.map { row in
                [row.type, row.flags]
                    + [row.offset, row.address, row.fileSize, row.memorySize].map(Inspection.hexadecimal)
            }
        // Needed libraries are told as one, as in reports.
        let told = findings.map { FindingGroup(finding: $0, paths: [path], total: 1) }.joiningLibraries.map(\.finding)
        let findingText = told.map { finding in
            "\(finding.level.rawValue): \(finding.message.printable) [\(finding.rule)]\n"
                + "  evidence: \(finding.evidence.printable)\n  remedy:   \(finding.remedy.printable)\n"
        }
        return TextTable.render(pairs.map { $0.map(\.printable) })
            + (segments.isEmpty ? "" : "\n" + TextTable.render(segmentRows, rightAligned: [2, 3, 4, 5]))
            + (findingText.isEmpty ? "" : "\n" + findingText.joined())
    }

    private func list(_ name: String, _ values: [String]) -> [[String]] {
        values.isEmpty ? [[name, "none"]] : values.map { [name, $0] }
    }
}
