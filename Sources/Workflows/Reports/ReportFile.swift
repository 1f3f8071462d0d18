import Files
import FoundationEssentials
public import Reporting
public import SystemPackage

/// JSON reports of earlier runs.
public enum ReportFile {
    /// Reads a report.
    ///
    /// - Throws: `FileError` if it cannot be read, `ReportFileError` if it is not a report of this version, or has numbers that
    ///   no run can report.
    public static func read(_ path: FilePath) throws -> Report {
        let bytes = try FileSnapshot(path).bytes
        guard let report = try? JSONDecoder().decode(Report.self, from: Data(bytes)),
            report.schemaVersion == Report.schemaVersion
        else { throw ReportFileError.notAReport(path) }
        guard report.hasPossibleNumbers else { throw ReportFileError.impossibleNumbers(path) }
        return report
    }
}

/// Why a report cannot be used.
public enum ReportFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file is damaged, or is not a report that this version of the program writes.
    case notAReport(FilePath)
    /// A size, a time, a count or a position is negative, or larger than any that can occur.
    case impossibleNumbers(FilePath)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .notAReport(let path):
            "\(path): not a JSON report of schema version \(Report.schemaVersion), or a damaged one"
        case .impossibleNumbers(let path):
            "\(path): has a size, time or count that no run can report; the file is damaged, so write it again"
        }
    }
}
