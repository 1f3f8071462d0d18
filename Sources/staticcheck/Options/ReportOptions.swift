import ArgumentParser
import Configuration
import Reporting
import SystemPackage
import Workflows

/// Options of every command that reports.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The format of the report on standard output.", discussion: "github writes the job summary too."))
    var format: ReportFormat = .text

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Write the report to a file too, in its own format: json=report.json.",
            discussion: "May be given several times.", valueName: "format=file"),
        transform: Destination<ReportFormat>.init(parsing:))
    var files: [Destination<ReportFormat>] = []

    @Option(help: "When to use colours: auto, always or never.")
    var color: ColourChoice = .auto

    /// Whether any of the reports shows digests, which take time to compute.
    var showsDigests: Bool { formats.contains(where: \.showsDigests) }

    /// Whether any of the reports shows what the bytes of each file are.
    var drawsSizes: Bool { formats.contains(where: \.showsSizes) }

    private var formats: [ReportFormat] { [format] + files.map(\.format) }

    /// Where the report goes: to the files of the command line and of the configuration, and to standard output.
    func resolve(over file: ConfigurationFile? = nil, in context: Context) -> ReportOutput {
        let configured = (file?.settings.reports ?? []).map { report in
            Destination(
                format: report.format, path: (file?.folder ?? context.folder).pushing(FilePath(report.file)))
        }
        let summary = formats.contains(where: \.writesJobSummary) ? context.variable("GITHUB_STEP_SUMMARY") : nil
        return ReportOutput(
            format: format, usesColour: color.applies(to: .output, in: context),
            delivery: ReportDelivery(files: files + configured, summary: summary.map { FilePath($0) }),
            folder: context.folder)
    }
}

/// Where a report goes.
struct ReportOutput {
    let format: ReportFormat
    let usesColour: Bool
    let delivery: ReportDelivery
    let folder: FilePath

    /// Writes a report to its files, and then to standard output.
    func write(_ report: some ReportDocument) throws {
        try delivery.write(report, from: folder)
        Terminal.write(try format.render(report, colour: usesColour), to: .output)
    }
}
