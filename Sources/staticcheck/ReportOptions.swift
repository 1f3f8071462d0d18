import ArgumentParser
import FoundationEssentials
import Reporting

/// Options of every command that reports.
struct ReportOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(help: "The form of the report: text or json.")
    var format: Format = .text

    @Option(help: "When to colour: auto, always or never.")
    var color: ColourChoice = .auto

    /// Prints a report to standard output.
    func write(_ report: Report) throws {
        switch format {
        case .text: Terminal.write(TextReporter(colour: color.applies(to: .output)).render(report), to: .output)
        case .json: Terminal.write(try JSONReporter.render(report), to: .output)
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
