import ArgumentParser
import Reporting

/// The formats of a report.
enum ReportFormat: String, NamedChoice, Sendable {
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
