public import Configuration
import Files
public import Reporting
public import SystemPackage
import Text

/// Where reports go in addition to standard output.
public struct ReportDelivery: Sendable, Hashable {
    /// The files with their formats.
    public var files: [Destination<ReportFormat>]
    /// Whether text reports have the notes, and not only their number.
    public var showsNotes = false
    /// The summary of a GitHub job, to which Markdown is appended; nil if there is none.
    ///
    /// Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    public var summary: FilePath?

    /// Makes a delivery.
    public init(files: [Destination<ReportFormat>], summary: FilePath? = nil) {
        self.files = files
        self.summary = summary
    }

    /// Checks that the files can be written, without writing any.
    ///
    /// - Throws: `UnusableOutput`.
    public func checkPlaces(from folder: FilePath) throws {
        for destination in files {
            try UnusableOutput.check(folder.pushing(destination.path), shown: destination.path.string)
        }
        try UnusableOutput.checkDistinct(files.distinct.map { (folder.pushing($0.path), $0.path.string) })
    }

    /// Writes a report to all files.
    ///
    /// - Parameter folder: Where relative paths start.
    /// - Throws: `OutputError` for the first file that could not be written whole.
    public func write(_ report: some ReportDocument, from folder: FilePath) throws {
        for destination in files {
            try destination.write(
                destination.format.render(report, colour: false, showsNotes: showsNotes), from: folder)
        }
        if let summary {
            try append(ReportFormat.markdown.render(report, colour: false).utf8, to: folder.pushing(summary))
        }
    }
}
