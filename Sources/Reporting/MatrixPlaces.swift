import Text
public import Verification

/// What the jobs of a matrix call, and where they leave their files, as paths from the folder in which the jobs start.
public struct MatrixPlaces: Sendable {
    /// The name under which this program is called.
    private let command: String
    /// The folder of the binaries.
    public let binaries: String
    /// The folder in which staticcheck works; empty if that is where the jobs start.
    private let folder: String

    /// Names the places.
    ///
    /// - Parameters:
    ///   - binaries: The folder of the binaries.
    ///   - folder: The folder in which staticcheck works; empty if that is where the jobs start.
    ///   - command: The name under which this program is called.
    public init(binaries: String = "dist", folder: String = "", command: String = Identity.command) {
        self.command = command
        self.binaries = binaries
        self.folder = folder
    }

    /// The report of a job.
    func report(_ number: String) -> String { (folder.isEmpty ? "" : folder + "/") + "shard-\(number).json" }

    /// The command of a job.
    func check(shard: String, index: Int, _ arguments: [String]) -> String {
        let words = [command, "check", "--shard", shard, "--report", "json=shard-\(index).json"] + arguments
        return words.map(\.shellQuoted).joined(separator: " ")
    }

    /// The command that joins the reports. The shell replaces the pattern.
    var merge: String {
        let prefix = folder.isEmpty ? "" : (folder + "/").shellQuoted
        return "\(command) merge --report json=report.json \(prefix)shard-*.json"
    }
}
