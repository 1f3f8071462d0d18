import Files
import FoundationEssentials
public import Reporting
public import SystemPackage

/// JSON reports of earlier runs.
public enum ReportFile {
    /// Reads a report.
    ///
    /// - Throws: `FileError` if it cannot be read, `ReportFileError` if it is not a report of this version.
    public static func read(_ path: FilePath) throws -> Report {
        let bytes = try FileSnapshot(path).bytes
        guard let report = try? JSONDecoder().decode(Report.self, from: Data(bytes)),
            report.schemaVersion == Report.schemaVersion
        else { throw ReportFileError.notAReport(path) }
        return report
    }
}

/// Why a report cannot be used.
public enum ReportFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file is damaged, or not a report that this version of the program writes.
    case notAReport(FilePath)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .notAReport(let path):
            "\(path): not a JSON report of schema version \(Report.schemaVersion), or a damaged one"
        }
    }
}

/// Joins the JSON reports of all shards of a matrix.
public enum MergeWorkflow {
    /// Reads and joins reports.
    ///
    /// - Throws: If a shard is missing or there twice, a target was not built, or reports contradict each other.
    public static func run(_ files: [FilePath]) throws -> Report {
        try ReportMerge.join(files.map { ($0.string, try ReportFile.read($0)) })
    }
}
