import ArgumentParser
import Attestation
import FoundationEssentials
import Reporting
import SystemPackage
import Verification

/// The formats of a report.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text, json, sarif, junit, github, gitlab, markdown, tap, html

    func render(_ document: some ReportDocument, colour: Bool) throws -> String {
        switch self {
        case .text: document.text(colour: colour)
        case .json: try JSONReporter.render(document)
        case .sarif: try SARIFReporter.render(document.report)
        case .junit: JUnitReporter.render(document.report)
        case .github: GitHubReporter.render(document.report)
        case .gitlab: try GitLabReporter.render(document.report)
        case .markdown: MarkdownReporter.render(document.report)
        case .tap: TAPReporter.render(document.report)
        case .html: HTMLReporter.render(document.report)
        }
    }
}

/// A share as people write it: `5%`, `2.5`.
struct Percentage: ExpressibleByArgument, Sendable {
    let share: Double

    init?(argument: String) {
        guard let number = Double(argument.hasSuffix("%") ? String(argument.dropLast()) : argument), number.isFinite,
            number >= 0
        else { return nil }
        share = number / 100
    }
}

/// `--fail-on`.
enum FailureLevel: String, ExpressibleByArgument, CaseIterable, Sendable {
    case error, warning, note, never

    /// The exit code of a report.
    func exitCode(of report: Report) -> Int32 {
        // What could not be done is no matter of levels, and files that are not ready have errors.
        guard report.exitCode < 2, self != .error else { return report.exitCode }
        let levels: [Level] = self == .never ? [] : self == .warning ? [.error, .warning] : Level.allCases
        return report.binaries.contains { $0.findings.contains { levels.contains($0.level) } } ? 1 : 0
    }
}

/// What can be reported: for a person, and for a program.
protocol ReportDocument: Encodable, Sendable {
    func text(colour: Bool) -> String
    /// What every format but text and JSON is made from.
    var report: Report { get }
}

extension Report: ReportDocument {
    var report: Report { self }

    func text(colour: Bool) -> String { TextReporter(colour: colour).render(self) }
}

extension GateReport: ReportDocument {}

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

    @Option(
        help: ArgumentHelp(
            "From which level on a finding ends the run with exit code 1: error, warning, note or never.",
            discussion: "What could not be done ends it with 2 in any case. The verdicts do not change.",
            valueName: "level"))
    var failOn: FailureLevel = .error

    @Flag(help: "Say in JSON reports too where the bytes of each file go, as the HTML report shows it.")
    var sizes = false

    @Option(
        help: ArgumentHelp(
            "Compare with an earlier JSON report: what is new, mended, grown.", valueName: "report.json"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "With --baseline: end with exit code 1 where a file has grown by more than this: 5%.", valueName: "percent")
    )
    var failOnGrowth: Percentage?

    @Option(help: "When to colour: auto, always or never.")
    var color: ColourChoice = .auto

    func validate() throws {
        _ = try parsedFiles()
        if failOnGrowth != nil, baseline == nil { throw ValidationError("--fail-on-growth needs a --baseline") }
    }

    /// The report beside the earlier one, where one is named.
    func compared(_ report: Report) throws -> Report {
        try baseline.map { report.compared(with: try ReportFile.read($0)) } ?? report
    }

    /// The exit code that a report ends the run with.
    func exitCode(of report: Report) -> Int32 {
        let code = failOn.exitCode(of: report)
        let growths = report.comparison?.changes.compactMap(\.growth) ?? []
        guard code == 0, let failOnGrowth, growths.contains(where: { $0 > failOnGrowth.share }) else { return code }
        return 1
    }

    /// Whether any of the reports shows digests, which cost time to make.
    var showsDigests: Bool { formats.contains { $0 == .json || $0 == .sarif } }

    /// Whether the reports show where the bytes go; reports for programs do with --sizes, so that they can be joined.
    var showsSizes: Bool { sizes || formats.contains(.html) }

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
        if format == .github || asked.contains(where: { $0.0 == .github }) { try writeSummary(report) }
        Terminal.write(try format.render(report, colour: color.applies(to: .output)), to: .output)
    }

    /// Adds to the summary of a GitHub job (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions).
    private func writeSummary(_ document: some ReportDocument) throws {
        guard let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
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

/// When to use colours.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    /// The flag wins over NO_COLOR, that over CLICOLOR_FORCE, that over the kind of terminal.
    func applies(to stream: Terminal.Stream) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            let environment = ProcessInfo.processInfo.environment
            if environment["NO_COLOR"]?.isEmpty == false { return false }
            if let force = environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" { return true }
            return environment["TERM"] != "dumb" && stream.isTerminal
        }
    }
}
