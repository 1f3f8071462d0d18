public import Configuration

/// What a format shows, and its writer.
extension ReportFormat {
    /// Whether the format shows SHA-256 digests. They take time, so they are computed only for these.
    public var showsDigests: Bool { self == .json || self == .sarif }

    /// Whether the format always shows where the bytes of each file go. JSON does with `--sizes` only.
    public var showsSizes: Bool { self == .html }

    /// Whether a job on GitHub gets a summary in Markdown too.
    public var writesJobSummary: Bool { self == .github }

    /// Writes a document.
    ///
    /// - Parameters:
    ///   - colour: Whether text for a terminal is coloured.
    ///   - showsNotes: Whether text for a terminal has the notes, and not only their number. Other formats always have them.
    /// - Throws: The encoder's error for a number that JSON cannot hold.
    public func render(_ document: some ReportDocument, colour: Bool, showsNotes: Bool = false) throws -> String {
        switch self {
        case .text: document.text(colour: colour, showsNotes: showsNotes)
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

/// What can be written in every format. `Encodable` is its JSON form.
public protocol ReportDocument: Encodable, Sendable {
    /// The document for a terminal, with the notes or their number.
    func text(colour: Bool, showsNotes: Bool) -> String
    /// The report that every format except text and JSON is written from.
    var report: Report { get }
}

extension Report: ReportDocument {
    /// The report itself.
    public var report: Report { self }

    /// The report for a terminal.
    public func text(colour: Bool, showsNotes: Bool) -> String {
        TextReporter(colour: colour, showsNotes: showsNotes).render(self)
    }
}

extension GateReport: ReportDocument {}
