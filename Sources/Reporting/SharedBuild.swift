import Text

/// One run of `go build` that made several programs, so that the time of one of them is not known.
public struct SharedBuild: Sendable, Codable, Hashable {
    /// The number of programs.
    public let programs: Int
    /// How long go ran for all of them, in milliseconds.
    public let milliseconds: Int

    /// Describes a run.
    public init(programs: Int, duration: Duration) {
        self.programs = programs
        milliseconds = Int(duration / .milliseconds(1))
    }
}

private struct Run: Hashable {
    let platform: String
    let build: SharedBuild
}

extension [ReportEntry] {
    /// How many of the runs are named.
    private static var shown: Int { 3 }

    /// The time of each run of `go build` that made several programs, the longest first; nil if there was none.
    var sharedBuilds: String? {
        let runs = compactMap { entry in entry.sharedBuild.map { Run(platform: entry.platform ?? "-", build: $0) } }
            .distinct.sorted { $0.build.milliseconds > $1.build.milliseconds }
        guard !runs.isEmpty else { return nil }
        let words = runs.prefix(Self.shown).map { run in
            "\(run.platform.printable) \(run.build.programs.counted("program")) in "
                + Quantity.seconds(.milliseconds(run.build.milliseconds))
        }
        let more = runs.count > Self.shown ? ["and \((runs.count - Self.shown).counted("more build"))"] : []
        return "built together: " + (words + more).joined(separator: ", ")
    }
}
