import ArgumentParser
import Attestation
import FoundationEssentials
import Reporting
import SystemPackage

/// The formats of a report.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text, json

    func render(_ document: some ReportDocument, colour: Bool) throws -> String {
        switch self {
        case .text: document.text(colour: colour)
        case .json: try JSONReporter.render(document)
        }
    }
}

/// What can be reported: for a person, and for a program.
protocol ReportDocument: Encodable, Sendable {
    func text(colour: Bool) -> String
}

extension Report: ReportDocument {
    func text(colour: Bool) -> String { TextReporter(colour: colour).render(self) }
}

extension GateReport: ReportDocument {}

/// Options of every command that reports.
struct ReportOptions: ParsableArguments {
    @Option(help: "The form of the report on standard output: text or json.")
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
    var showsDigests: Bool { format == .json || files.contains { $0.hasPrefix("json=") } }

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
        Terminal.write(try format.render(report, colour: color.applies(to: .output)), to: .output)
    }

    private func parsedFiles() throws -> [(ReportFormat, String)] {
        try files.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let format = ReportFormat(rawValue: parts[0]) else {
                let formats = ReportFormat.allCases.map(\.rawValue).joined(separator: " or ")
                throw ValidationError("--report '\(text)': write format=file, where format is \(formats)")
            }
            return (format, parts[1])
        }
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
