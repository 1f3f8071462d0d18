import ArgumentParser
import ELF
import FoundationEssentials
import Reporting

struct Merge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Join the JSON reports of all shards into one.",
        discussion: """
            A missing shard, one that is there twice, a target that nobody built, and reports that contradict each other \
            are refused. The exit code is that of the whole matrix.
            """)

    @Argument(help: ArgumentHelp("The reports, written by check --shard K/N --report json=FILE.", valueName: "file"))
    var files: [String]

    @OptionGroup(title: "Report") var reporting: ReportOptions

    func run() async throws {
        try await Failure.reporting {
            let report = try ReportMerge.join(files.map { ($0, try Merge.read($0)) })
            try reporting.write(report)
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        }
    }

    private static func read(_ path: String) throws -> Report {
        guard case .file(let snapshot) = try FileSnapshot.read(path, onlyELF: false) else {
            throw UnreadableReport(description: "\(path): cannot be read")
        }
        do {
            return try JSONDecoder().decode(Report.self, from: Data(snapshot.bytes))
        } catch {
            throw UnreadableReport(description: "\(path): is no report of this program, or a damaged one")
        }
    }

    private struct UnreadableReport: Error, CustomStringConvertible {
        let description: String
    }
}
