import ArgumentParser
import Configuration
import Reporting
import SystemPackage
import Verification
import Workflows

/// Options of every command that reports.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The format of the report on standard output.", discussion: "github also writes the job summary."))
    var format: ReportFormat = .text

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Also write the report to a file, in this format: json=report.json.",
            discussion: "May be given several times.", valueName: "format=file"),
        transform: Destination<ReportFormat>.init(parsing:))
    var files: [Destination<ReportFormat>] = []

    @Option(help: "When to use colours: auto, always or never.")
    var color: ColourChoice = .auto

    @OptionGroup(title: "Report") var notes: NoteOptions

    /// Whether any of the reports shows digests, which take time to compute.
    var showsDigests: Bool { formats.contains(where: \.showsDigests) }

    /// Whether any of the reports shows what the bytes of each file are.
    var drawsSizes: Bool { formats.contains(where: \.showsSizes) }

    private var formats: [ReportFormat] { [format] + files.map(\.format) }

    /// Where the report goes: to the files of the command line and of the configuration, and to standard output.
    ///
    /// - Throws: If a symbolic link leads a file of the configuration out of the repository; `UnusableOutput` if a file cannot
    ///   be written, which is known before any work.
    ///
    /// - Parameter created: A folder that the run creates, in which files may be too.
    func resolve(
        over file: ConfigurationFile? = nil, created: FilePath? = nil, in context: Context
    ) throws -> ReportOutput {
        try files.checkPlaces(from: context.folder, created: created)
        let configured =
            try file.map { file in
                try file.settings.reports.map { Destination(format: $0.format, path: try file.place($0.file)) }
            } ?? []
        let summary = formats.contains(where: \.writesJobSummary) ? context.variable("GITHUB_STEP_SUMMARY") : nil
        var delivery = ReportDelivery(files: files + configured, summary: summary.map { FilePath($0) })
        delivery.showsNotes = notes.areShown
        try delivery.checkPlaces(from: context.folder)
        return ReportOutput(
            format: format, usesColour: color.applies(to: .output, in: context), delivery: delivery,
            folder: context.folder)
    }
}

/// `--notes`.
struct NoteOptions: ParsableArguments {
    @Flag(
        name: .customLong("notes"),
        help: "Show the notes in text reports, not only how many there are. Other formats always have them.")
    var areShown = false
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
        try Terminal.report(try format.render(report, colour: usesColour, showsNotes: delivery.showsNotes))
    }

    /// Runs work that makes a report. If it fails before there is one, a report of that failure is written instead, so that no
    /// file keeps the result of an earlier run.
    ///
    /// - Throws: What the work throws.
    func reportingFailure(under policy: Policy, _ work: () async throws -> Report) async throws -> Report {
        do { return try await work() } catch let error where error.isFailure {
            let report = Report(
                tool: .init(version: Identity.version, go: nil), policy: policy, entries: [],
                problems: [.init(message: "\(error)")])
            // The error itself is printed as well, so text on standard output would say it twice.
            do { try format == .text ? delivery.write(report, from: folder) : write(report) } catch {
                Terminal.say("staticcheck: \(error)")
            }
            throw error
        }
    }
}
