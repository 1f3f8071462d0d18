public import Attestation
import GoBinary
public import Verification

/// What a gate did with each file.
public struct GateReport: Sendable, Codable {
    /// The version of this document's format.
    public let schemaVersion: String
    /// The program that made it.
    public let tool: Report.Tool
    /// The policy in force.
    public let policy: PolicySummary
    /// The files, in the order of their paths.
    public let binaries: [Entry]
    /// Platforms that must be there, and are not.
    public let missingPlatforms: [String]
    /// What could not be done.
    public let problems: [Report.Problem]

    /// A file at the gate.
    public struct Entry: Sendable, Codable {
        /// Where it was read.
        public let path: String
        /// Whether it was let through.
        public let isAdmitted: Bool
        /// The platform of a file that was let through, or that an image claims.
        public let platform: String?
        /// SHA-256 of a file that was let through.
        public let sha256: String?
        /// Its size in bytes.
        public let size: Int?
        /// When a file that was let through was verified.
        public let timeVerified: String?
        /// Why a file was refused.
        public let reason: GateRefusal.Reason?
        /// The particulars of a refusal.
        public let message: String?

        /// A file that was let through.
        public init(path: String, admitted binary: StampedBinary) {
            self.path = path
            isAdmitted = true
            platform = binary.platform.description
            sha256 = binary.digest.hexadecimal
            size = binary.bytes.count
            timeVerified = binary.timeVerified
            reason = nil
            message = nil
        }

        /// A file that was refused.
        public init(path: String, platform: String? = nil, refused refusal: GateRefusal) {
            self.path = path
            isAdmitted = false
            self.platform = platform
            sha256 = nil
            size = nil
            timeVerified = nil
            reason = refusal.reason
            message = refusal.description
        }
    }

    /// Makes a report.
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

    /// The exit code: 2 where something could not be done or there was no file, 1 where one is refused or missing, else 0.
    public var exitCode: Int32 {
        if !problems.isEmpty || binaries.isEmpty { return 2 }
        return binaries.allSatisfy(\.isAdmitted) && missingPlatforms.isEmpty ? 0 : 1
    }

    /// The report for a person.
    public func text(colour: Bool) -> String {
        let rows = binaries.map { entry in
            [
                entry.path.printable, entry.platform ?? "-", entry.isAdmitted ? "admitted" : "REFUSED",
                entry.reason?.rawValue ?? "", entry.size.map(Quantity.size) ?? "",
            ]
        }
        let table = TextTable.render([["FILE", "PLATFORM", "GATE", "REASON", "SIZE"]] + rows, rightAligned: [4])
        let lines = table.split(separator: "\n").enumerated().map { index, line in
            guard colour, index > 0 else { return String(line) }
            return binaries[index - 1].isAdmitted ? Style.green(String(line)) : Style.red(String(line))
        }
        let refusals = binaries.compactMap { entry in
            entry.message.map { "refused: \(entry.path.printable): \($0.printable)" }
        }
        let missing = missingPlatforms.map { "missing: no file for \($0)" }
        let others = problems.map {
            "error: \([$0.path, $0.message].compactMap { $0?.printable }.joined(separator: ": "))"
        }
        let admitted = binaries.count(where: \.isAdmitted)
        let summary = "\(admitted) admitted, \(binaries.count - admitted) refused"
        let reasons = refusals + missing + others
        return (binaries.isEmpty ? [] : lines + [""]).map { $0 + "\n" }.joined()
            + reasons.map { $0 + "\n" }.joined() + (reasons.isEmpty ? "" : "\n") + summary + "\n"
    }

    /// The same as a report of verdicts, for the formats that are made from one: a refusal is an error by a rule `gate-…`.
    public var report: Report {
        let verdicts = binaries.map { entry in
            BinaryReport(
                path: entry.path, platform: entry.platform, isReady: entry.isAdmitted, size: entry.size,
                sha256: entry.sha256,
                finding: entry.reason.map {
                    FindingReport(
                        rule: "gate-\($0.rawValue)", message: "the gate refuses it: \(entry.message ?? "")",
                        evidence: $0.rawValue, remedy: "Verify and stamp the file, or leave it out of what is packaged."
                    )
                })
        }
        let missing = missingPlatforms.map { Report.Problem(platform: $0, message: "there is no file for \($0)") }
        return Report(tool: tool, policy: policy, binaries: verdicts, problems: problems + missing)
    }
}
