public import GoBinary

/// Something that the code of a program can do, by the functions through which it does it.
///
/// The names and most functions are those of capslock (https://github.com/google/capslock, interesting/interesting.cm). There they
/// are found in a graph of calls, here by what the linker kept. Capabilities that nearly all programs have by that measure, such
/// as access to files, are left out.
public enum Capability: String, Sendable, Hashable, CaseIterable, Codable {
    /// Makes sockets, of any kind, or takes over open ones.
    case network
    /// Starts other programs, or becomes one.
    case exec
    /// Loads plugins.
    case plugin
    /// Contains C code, which can do anything.
    case cgo

    /// The functions of Go's library through which all code comes that has the capability.
    var functions: [String] {
        switch self {
        case .network:
            [
                "net.socket", "net.newFileFD", "syscall.Socket", "syscall.socket", "golang.org/x/sys/unix.Socket",
                "golang.org/x/sys/unix.socket",
            ]
        case .exec:
            [
                "os.StartProcess", "syscall.StartProcess", "syscall.ForkExec", "syscall.forkExec", "syscall.Exec",
                "golang.org/x/sys/unix.Exec",
            ]
        case .plugin: ["plugin.Open", "plugin.open"]
        case .cgo: ["_cgo_panic"]
        }
    }

    /// Reads a list with commas between, `network,exec`; `none` is the empty list.
    ///
    /// - Throws: `DemandError` for an unknown capability.
    public static func list(parsing text: String) throws(DemandError) -> Set<Capability> {
        guard text != "none" else { return [] }
        var all: Set<Capability> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let one = Capability(rawValue: word.trimmed) else { throw .capability(String(word)) }
            all.insert(one)
        }
        return all
    }
}

/// The capabilities of a program, each with the functions that show it.
public struct Capabilities: Sendable, Hashable {
    /// The functions by capability; none is empty.
    public let functions: [Capability: [String]]

    /// Searches a line table.
    public init(of table: LineTable) {
        let wanted = Capability.allCases.flatMap(\.functions)
        let present = table.functions(among: Set(wanted))
        functions = Dictionary(
            uniqueKeysWithValues: Capability.allCases.map { one in (one, one.functions.filter(present.contains)) }
        ).filter { !$0.value.isEmpty }
    }

    /// The capabilities, in their fixed order.
    public var all: [Capability] { Capability.allCases.filter { functions[$0] != nil } }
}
