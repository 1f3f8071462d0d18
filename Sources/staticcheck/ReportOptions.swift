import ArgumentParser
import Attestation
import Files
import FoundationEssentials
import ProcessStart
import Reporting
import SystemPackage

/// Options of every command that reports.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The form of the report on standard output.", discussion: "github writes the job summary too."))
    var format: ReportFormat = .text

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Write the report to a file too, in a form of its own: json=report.json.",
            discussion: "May be given several times.", valueName: "format=file"))
    var files: [String] = []

    @Option(help: "When to colour: auto, always or never.")
    var color: ColourChoice = .auto

    func validate() throws { _ = try parsedFiles() }

    /// Whether any of the reports shows digests, which cost time to make.
    var showsDigests: Bool { formats.contains(where: \.showsDigests) }

    /// Whether any of the reports shows where the bytes of each file go.
    var drawsSizes: Bool { formats.contains(where: \.showsSizes) }

    private var formats: [ReportFormat] { [format] + ((try? parsedFiles().map(\.0)) ?? []) }

    /// Prints a report to standard output, and writes it to the files that were asked for.
    ///
    /// - Parameters:
    ///   - configured: Files from the configuration, with their formats.
    ///   - folder: The folder that paths start from.
    func write(_ report: some ReportDocument, configured: [(ReportFormat, FilePath)] = [], from folder: FilePath? = nil)
        throws
    {
        let here = folder ?? FilePath(FileManager.default.currentDirectoryPath)
        let asked = try parsedFiles().map { ($0, here.pushing(FilePath($1))) }
        for (format, file) in asked + configured {
            try Folder.create(file.removingLastComponent())
            try AtomicFile.write(format.render(report, colour: false).utf8, to: file)
        }
        if ([format] + asked.map(\.0)).contains(where: \.writesJobSummary) { try writeSummary(report) }
        Terminal.write(try format.render(report, colour: color.applies(to: .output)), to: .output)
    }

    /// Adds to the summary of a GitHub job (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions).
    private func writeSummary(_ document: some ReportDocument) throws {
        guard let path = ProcessStart.variable("GITHUB_STEP_SUMMARY") else { return }
        let file = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.append, .create],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        let text = try ReportFormat.markdown.render(document, colour: false)
        _ = try file.closeAfter { try file.writeAll(text.utf8) }
    }

    private func parsedFiles() throws -> [(ReportFormat, String)] {
        try FormatFile.parse(files, option: "--report")
    }
}
