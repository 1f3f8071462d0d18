public import Reporting
public import SystemPackage

/// Joins the JSON reports of all shards of a matrix.
public enum MergeWorkflow {
    /// Reads and joins reports.
    ///
    /// - Throws: `MergeError` if a shard is missing or there twice, a target was not built, or reports contradict each other.
    public static func run(_ files: [FilePath]) throws -> Report {
        try ReportMerge.join(files.map { ($0.string, try ReportFile.read($0)) })
    }
}
