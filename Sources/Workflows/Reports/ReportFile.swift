import Files
import FoundationEssentials
import Reporting
import SystemPackage

/// JSON reports of earlier runs.
enum ReportFile {
    /// Reads a report.
    ///
    /// - Throws: Why it cannot be read, with its path.
    static func read(_ path: String) throws -> Report {
        let bytes = try FileSnapshot(FilePath(path)).bytes
        guard let report = try? JSONDecoder().decode(Report.self, from: Data(bytes)),
            report.schemaVersion == Report.schemaVersion
        else { throw Unreadable(description: "\(path): is no report of this program's version, or a damaged one") }
        return report
    }

    private struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }
}
