import ArgumentParser
import ProcessStart

/// When to use colours.
enum ColourChoice: String, NamedChoice {
    case auto, always, never

    /// The flag wins over NO_COLOR, that over CLICOLOR_FORCE, that over the kind of terminal.
    func applies(to stream: Terminal.Stream) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            if ProcessStart.variable("NO_COLOR") != nil { return false }
            if let force = ProcessStart.variable("CLICOLOR_FORCE"), force != "0" { return true }
            return stream.isTerminal && ProcessStart.variable("TERM") != "dumb"
        }
    }
}
