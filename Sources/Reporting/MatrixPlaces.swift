import Text

/// Where the jobs of a matrix leave their files, as paths from the folder in which the jobs start.
public struct MatrixPlaces: Sendable {
    /// The folder of the binaries.
    public let binaries: String
    /// The folder in which staticcheck works; empty if that is where the jobs start.
    private let folder: String

    /// Names the places.
    ///
    /// - Parameters:
    ///   - binaries: The folder of the binaries.
    ///   - folder: The folder in which staticcheck works; empty if that is where the jobs start.
    public init(binaries: String = "dist", folder: String = "") {
        self.binaries = binaries
        self.folder = folder
    }

    /// The report of a job.
    func report(_ number: String) -> String { (folder.isEmpty ? "" : folder + "/") + "shard-\(number).json" }

    /// The command that joins the reports. The shell replaces the pattern.
    var merge: String {
        let prefix = folder.isEmpty ? "" : (folder + "/").shellQuoted
        return "staticcheck merge --report json=report.json \(prefix)shard-*.json"
    }
}
