import Processes
public import SystemPackage

/// What a relay is started with: the words of GOCACHEPROG.
public struct RelaySettings: Sendable, Hashable {
    /// The first argument of the process that is a relay.
    static let argument = "__relay-build-cache"

    /// The file for the counts.
    let counts: FilePath
    /// The folder for the objects; nil if none are kept.
    let kept: FilePath?
    /// The folder in which the cache program runs.
    let folder: FilePath
    /// The cache program; an absolute path.
    let program: FilePath
    /// Its arguments.
    let arguments: [String]

    /// The settings of a relay for a cache program.
    ///
    /// - Parameters:
    ///   - counts: The file for the counts.
    ///   - kept: The folder for the objects, which must exist; nil keeps none.
    ///   - folder: The folder in which the program runs.
    ///   - program: The program; an absolute path.
    ///   - arguments: Its arguments.
    public init(counts: FilePath, kept: FilePath?, folder: FilePath, program: FilePath, arguments: [String]) {
        self.counts = counts
        self.kept = kept
        self.folder = folder
        self.program = program
        self.arguments = arguments
    }

    /// The settings in the arguments of a process, beginning with the program's name; nil if it is not a relay.
    init?(processArguments: [String]) {
        guard processArguments.count > 5, processArguments[1] == RelaySettings.argument else { return nil }
        let kept = processArguments[3]
        self.init(
            counts: FilePath(processArguments[2]), kept: kept == "-" ? nil : FilePath(kept),
            folder: FilePath(processArguments[4]), program: FilePath(processArguments[5]),
            arguments: Array(processArguments[6...]))
    }

    /// The words that start this program as the relay.
    ///
    /// - Parameter executable: This program.
    public func words(of executable: FilePath) -> [String] {
        [executable.string, RelaySettings.argument, counts.string, kept?.string ?? "-", folder.string, program.string]
            + arguments
    }

    func command(in environment: [String: String]) -> Command {
        Command(executable: program, arguments: arguments, environment: environment, workingDirectory: folder)
    }
}
