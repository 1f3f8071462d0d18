import ArgumentParser
import Workflows

/// When to use colours.
enum ColourChoice: String, NamedChoice {
    case auto, always, never

    /// The option wins over NO_COLOR, which wins over CLICOLOR_FORCE, which wins over the kind of terminal.
    func applies(to stream: Terminal.Stream, in context: Context) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            if context.variable("NO_COLOR") != nil { return false }
            if let force = context.variable("CLICOLOR_FORCE"), force != "0" { return true }
            return stream.isTerminal && context.variable("TERM") != "dumb"
        }
    }
}
