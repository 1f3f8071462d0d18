public import Configuration
import Files
public import Reporting
public import SystemPackage

/// Where reports go besides standard output.
public struct ReportDelivery: Sendable, Hashable {
    /// The files with their formats.
    public var files: [Destination<ReportFormat>]
    /// The summary of a GitHub job, to which Markdown is appended; nil if there is none.
    ///
    /// Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    public var summary: FilePath?

    /// Makes a delivery.
    public init(files: [Destination<ReportFormat>], summary: FilePath? = nil) {
        self.files = files
        self.summary = summary
    }

    /// Writes a report to all files.
    ///
    /// - Parameter folder: Where relative paths start.
    public func write(_ report: some ReportDocument, from folder: FilePath) throws {
        for destination in files {
            let file = folder.pushing(destination.path)
            try Folder.create(file.removingLastComponent())
            try AtomicFile.write(destination.format.render(report, colour: false).utf8, to: file)
        }
        if let summary { try append(report, to: folder.pushing(summary)) }
    }

    private func append(_ report: some ReportDocument, to path: FilePath) throws {
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.append, .create], permissions: [.ownerReadWrite, .groupRead, .otherRead])
        let text = try ReportFormat.markdown.render(report, colour: false)
        _ = try file.closeAfter { try file.writeAll(text.utf8) }
    }
}
