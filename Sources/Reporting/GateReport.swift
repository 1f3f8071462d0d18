public import Attestation
import GoBinary
public import Verification

/// The decisions of the gate, one for each file.
public struct GateReport: Sendable, Codable {
    /// The version of the JSON format.
    public let schemaVersion: String
    /// The program that wrote it.
    public let tool: Report.Tool
    /// The policy in force.
    public let policy: PolicySummary
    /// The files, in the order of their paths.
    public let binaries: [Entry]
    /// The required platforms that no admitted file is for.
    public let missingPlatforms: [String]
    /// What could not be read or written.
    public let problems: [Report.Problem]

    /// The decision on one file.
    public struct Entry: Sendable, Codable {
        /// The path of the file, or the image and the path of its program.
        public let path: String
        /// Whether the gate admitted the file.
        public let isAdmitted: Bool
        /// The platform of an admitted file, or the one that an image claims.
        public let platform: String?
        /// The SHA-256 digest of an admitted file, in hexadecimal.
        public let sha256: String?
        /// The size of an admitted file, in bytes.
        public let size: Int?
        /// When an admitted file was verified, RFC 3339 in UTC.
        public let timeVerified: String?
        /// The name in the stamp of an admitted file that has another name; nil if they are the same.
        public let stampedName: String?
        /// The summary of its image by which a program was admitted; nil if it was admitted by its own stamp.
        public let summary: AdmittingSummary?
        /// Why the file was refused, for programs.
        public let reason: GateRefusal.Reason?
        /// Why the file was refused, for people.
        public let message: String?

        /// Reports an admitted file.
        public init(path: String, admitted binary: Admission) {
            self.path = path
            isAdmitted = true
            platform = binary.platform.description
            sha256 = binary.digest.hexadecimal
            size = binary.size
            timeVerified = binary.timeVerified
            stampedName = binary.stampedName
            summary = binary.summary
            reason = nil
            message = nil
        }

        /// Reports a refused file.
        public init(path: String, platform: String? = nil, refused refusal: GateRefusal) {
            self.path = path
            isAdmitted = false
            self.platform = platform
            sha256 = nil
            size = nil
            timeVerified = nil
            stampedName = nil
            summary = nil
            reason = refusal.reason
            message = refusal.description
        }
    }

    /// Reports the decisions of a gate.
    public init(
        tool: Report.Tool, policy: Policy, binaries: [Entry], missingPlatforms: [String], problems: [Report.Problem]
    ) {
        schemaVersion = "1"
        self.tool = tool
        self.policy = PolicySummary(policy)
        self.binaries = binaries
        self.missingPlatforms = missingPlatforms
        self.problems = problems
    }

    /// The exit code: 2 if something could not be done or there was no file, 1 if a file is refused or missing, else 0.
    public var exitCode: Int32 {
        if !problems.isEmpty || binaries.isEmpty { return 2 }
        return binaries.allSatisfy(\.isAdmitted) && missingPlatforms.isEmpty ? 0 : 1
    }

    /// The report for a terminal. What the gate has to say is in its table, so there are no notes to hide.
    public func text(colour: Bool, showsNotes: Bool = false) -> String {
        let table = Table([
            .init(title: "FILE", cells: binaries.map(\.path.printable)),
            .init(title: "PLATFORM", cells: binaries.map { $0.platform?.printable }),
            .init(title: "GATE", cells: binaries.map(\.decision)),
            .init(title: "REASON", cells: binaries.map { $0.reason?.rawValue ?? "" }),
            .init(
                title: "SIZE", isRightAligned: true,
                cells: binaries.map { $0.size.map(Quantity.size) ?? "" }),
        ])
        let lines = table.text.split(separator: "\n").enumerated().map { index, line in
            guard colour, index > 0 else { return String(line) }
            return binaries[index - 1].isAdmitted ? Style.green(String(line)) : Style.red(String(line))
        }
        let counts = Dictionary(binaries.map { ($0.path, 1) }, uniquingKeysWith: +)
        let refusals = binaries.compactMap { entry in
            // An image has one path for the programs of all its platforms.
            let platform = counts[entry.path] ?? 0 > 1 ? entry.platform.map { " (\($0.printable))" } ?? "" : ""
            return entry.message.map { "refused: \(entry.path.printable)\(platform): \($0.printable)" }
        }
        let missing = missingPlatforms.map { "missing: no file for \($0.printable)" }
        let others = problems.map(\.line)
        let admitted = binaries.count(where: \.isAdmitted)
        let summary = "\(admitted) admitted, \(binaries.count - admitted) refused"
        let reasons = refusals + missing + others
        return (binaries.isEmpty ? [] : lines + [""]).map { $0 + "\n" }.joined()
            + reasons.map { $0 + "\n" }.joined() + (reasons.isEmpty ? "" : "\n") + summary + "\n"
    }

    /// The decisions as a report, for the formats that are written from one.
    public var report: Report {
        let missing = missingPlatforms.map { Report.Problem(platform: $0, message: "no file for \($0)") }
        return Report(
            tool: tool, policy: policy, entries: binaries.map(ReportEntry.gateDecision), problems: problems + missing)
    }
}

extension GateReport.Entry {
    /// The decision for people.
    fileprivate var decision: String {
        guard isAdmitted else { return "REFUSED" }
        if let summary {
            let proof = summary.proof == .none ? "" : ", proof: \(summary.proof.rawValue)"
            return "admitted (summary \(summary.sha256.prefix(12))\(proof))"
        }
        return stampedName.map { "admitted (stamped as \($0.printable))" } ?? "admitted"
    }
}

extension GateReport.Entry: ReportEntryContent {
    var kind: ReportEntryKind { .gateDecision }
    var verdict: Verdict { isAdmitted ? .ready : .notReady }
    var testGroup: [String] { ["gate"] + [platformGroup].compactMap { $0 } }

    /// A refusal as an error of a rule `gate-…`, and a file that was admitted under another name as a note.
    var findings: [FindingReport] {
        let refusal = reason.map { reason in
            FindingReport(
                rule: "gate-\(reason.rawValue)", message: "the gate refuses it: \(message ?? "")",
                evidence: reason.rawValue, remedy: "Verify and stamp the file, or do not package it.")
        }
        let renaming = stampedName.map { name in
            FindingReport(
                rule: "gate-renamed", level: .note, message: "the gate admits it under another name than in its stamp",
                evidence: "stamped as \(name)", remedy: "Stamp the file under its name, or keep --allow-renamed.")
        }
        return [refusal, renaming].compactMap { $0 }
    }

    /// One test: a refused file fails that of its reason.
    func tests(_ policy: PolicySummary) -> [String] { isAdmitted ? ["gate"] : [] }
}
