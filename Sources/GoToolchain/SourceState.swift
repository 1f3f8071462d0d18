import Files
import Processes
import SystemPackage

/// The state of the files on which the answer of a go command depends.
struct SourceState: Sendable, Equatable {
    let files: FolderState

    /// Looks at the files.
    ///
    /// - Returns: nil if the answer may depend on other files than those of one module and of go itself.
    init?(of command: Command) {
        let settings = SourceState.settings(of: command)
        let variables = command.environment.merging(GoSettings.stored(in: settings)) { own, stored in
            own.isEmpty ? stored : own
        }
        guard let root = FolderSearch.nearest("go.mod", from: command.workingDirectory),
            SourceState.isAlone(root, from: command.workingDirectory, variables),
            SourceState.staysInside(root, command, flags: variables["GOFLAGS"] ?? ""),
            (variables["GOROOT"] ?? "").isEmpty, let tools = SourceState.tools(of: command),
            let sources = SourceState.sources(of: command, in: root)
        else { return nil }
        files = sources.adding(FolderState(of: tools + [settings].compactMap(\.self)))
    }

    /// The words of a command, and the variables that go reads, after the format of the answer.
    static func question(of command: Command) -> [String] {
        let variables = command.environment.filter { isRead($0.key) }.sorted { $0.key < $1.key }
        let words = [command.executable.string, command.workingDirectory.string] + command.arguments
        return [KeptAnswer.format] + words + variables.map { "\($0.key)=\($0.value)" }
    }

    /// Whether go, or a program that it starts to answer, reads a variable (`go help environment`, `pkg-config(1)`). Others differ
    /// from terminal to terminal.
    private static func isRead(_ variable: String) -> Bool {
        read.contains(variable) || readBeginnings.contains(where: variable.hasPrefix)
    }

    private static let read: Set = ["AR", "CC", "CXX", "FC", "HOME", "LANG", "PATH", "TMPDIR"]
    private static let readBeginnings = ["CGO_", "GCCGO", "GIT_", "GO", "LC_", "PKG_CONFIG", "XDG_"]

    // MARK: go and its settings

    /// The files of the go program, two folders below GOROOT. A script that chooses among several versions of Go lies in no such
    /// folder.
    private static func tools(of command: Command) -> [FilePath]? {
        guard let program = command.executable.resolved else { return nil }
        let root = program.removingLastComponent().removingLastComponent()
        guard root.appending("VERSION").exists, root.appending("src").exists else { return nil }
        return [program, root.appending("VERSION"), root.appending("go.env")]
    }

    /// The file that `go env -w` writes (`go help environment`, GOENV).
    private static func settings(of command: Command) -> FilePath? {
        let variables = command.environment.filter { !$0.value.isEmpty }
        if let own = variables["GOENV"] { return own == "off" ? nil : FilePath(own) }
        let home = variables["HOME"].map { FilePath($0).appending(".config") }
        return (variables["XDG_CONFIG_HOME"].map { FilePath($0) } ?? home)?.appending("go/env")
    }

    // MARK: The module

    /// The files of a module that a command reads. `go env` reads go.mod alone, for the version of Go that it asks for
    /// (https://go.dev/doc/toolchain).
    private static func sources(of command: Command, in root: FilePath) -> FolderState? {
        guard command.arguments.first != "env" else { return FolderState(of: [root.appending("go.mod")]) }
        return FolderState(below: root, where: isSource)
    }

    /// Whether no other folder with sources takes part: no workspace, and no folder that replaces a module.
    private static func isAlone(
        _ root: FilePath, from directory: FilePath, _ variables: [String: String]
    ) -> Bool {
        guard ["", "on"].contains(variables["GO111MODULE"] ?? "") else { return false }
        guard Workspace.file(in: directory, goWork: variables["GOWORK"]) == nil,
            let text = try? FileSnapshot.text(root.appending("go.mod"), maximumSize: 16 << 20)
        else { return false }
        return ModuleFileLine.all(in: text).allSatisfy { $0.replacingFolder == nil }
    }

    /// Whether the packages that a command names lie in the module or in go's module cache.
    private static func staysInside(_ root: FilePath, _ command: Command, flags: String) -> Bool {
        let words = command.arguments.prefix { $0 != "--" } + flags.split(separator: " ").map(String.init)
        guard !words.contains(where: { $0.contains("-overlay") || $0.contains("-modfile") }) else { return false }
        return command.arguments.drop { $0 != "--" }.dropFirst().allSatisfy { word in
            guard word.hasPrefix("/") || word.hasPrefix(".") || word.hasSuffix(".go") else { return true }
            return command.workingDirectory.pushing(FilePath(word)).lexicallyNormalized().starts(with: root)
        }
    }

    /// Whether a file decides which packages there are: what go compiles, and the lists of modules (`go help packages`,
    /// go/build.Context.Import).
    private static func isSource(_ name: String) -> Bool {
        guard let point = name.lastIndex(of: ".") else { return false }
        return lists.contains(name) || endings.contains(String(name[point...].dropFirst()))
    }

    private static let lists: Set = ["go.mod", "go.sum", "go.work", "modules.txt"]
    private static let endings: Set = [
        "go", "c", "cc", "cpp", "cxx", "m", "h", "hh", "hpp", "hxx", "f", "F", "for", "f90", "s", "S", "sx", "swig",
        "swigcxx", "syso",
    ]
}
