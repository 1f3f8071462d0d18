import ArgumentParser
import FoundationEssentials

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
