import ArgumentParser
import Attestation
import Configuration
import Files
import FoundationEssentials
import GoBinary
import GoToolchain
import Reporting
import SystemPackage

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", _superCommandName: "staticcheck",
        abstract: "Write a commented scratchready.yaml from what is found in this folder.",
        discussion: "An existing file is left alone, unless --force is given.")

    @Option(name: .customLong("go"), help: "The go command to use, in place of the one on PATH.")
    var goPath: String?

    @OptionGroup var folder: FolderOptions

    @Flag(help: "Overwrite a file that is there.")
    var force = false

    @Flag(help: "Write to standard output, and no file.")
    var stdout = false

    func run() async throws {
        try await Failure.reporting {
            let folder = try folder.path()
            let path = folder.appending(ConfigurationFile.name)
            guard stdout || force || !FileManager.default.fileExists(atPath: path.string) else {
                throw BuildError("\(path) is there already; --force overwrites it")
            }
            let text = ConfigurationTemplate.text(try await Interruption.guarding { try await programs(in: folder) })
            // What is written must be what is read.
            _ = try Configuration(text, file: ConfigurationFile.name, formats: ReportFormat.allCases.map(\.rawValue))
            if stdout { return Terminal.write(text, to: .output) }
            try AtomicFile.write(text.utf8, to: path)
            Terminal.write("wrote \(path.string)\n", to: .error)
        }
    }

    private func programs(in folder: FilePath) async throws -> [ConfigurationTemplate.Program] {
        let toolchain = try await Toolchain.find(
            path: goPath, inherited: ProcessInfo.processInfo.environment, directory: folder)
        let platform = Platform(goos: "linux", goarch: "amd64")
        let groups = try await toolchain.packages(matching: ["./..."], in: folder, flags: [], for: platform)
        return groups.flatMap(\.mains).map { package in
            let relative = FilePath(package.directory).components.dropFirst(folder.components.count)
            let pattern = (["."] + relative.map(\.string)).joined(separator: "/")
            return ConfigurationTemplate.Program(
                pattern: pattern, hasVersion: package.declares("version"))
        }
    }
}

extension GoPackage {
    /// Whether the package has a variable of that name on a line of its own, as a linker's -X fills it.
    fileprivate func declares(_ variable: String) -> Bool {
        files.contains { file in
            let path = FilePath(directory).appending(file).string
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return false }
            return text.split(separator: "\n").contains { line in
                let words = line.split(whereSeparator: { " \t=,".contains($0) })
                return words.starts(with: ["var", Substring(variable)])
            }
        }
    }
}
