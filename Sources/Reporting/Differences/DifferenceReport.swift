import Verification

/// What changed between two releases: of files, or of images.
public struct DifferenceReport: Sendable, Codable {
    /// The version of the JSON format.
    public let schemaVersion: String
    /// The program that wrote it.
    public let tool: Report.Tool
    /// The file, folder or image that was there before, as the command line names it.
    public let before: String
    /// The file, folder or image that is there now, as the command line names it.
    public let now: String
    /// The programs; those of images are in ``images``.
    public let programs: [ProgramDifference]
    /// The images of all platforms.
    public let images: [ImageDifference]
    /// What could not be read.
    public let problems: [Report.Problem]

    /// Reports on a comparison.
    public init(
        before: String, now: String, programs: [ProgramDifference] = [], images: [ImageDifference] = [],
        problems: [Report.Problem] = []
    ) {
        schemaVersion = "1"
        tool = Report.Tool(version: Identity.version, go: nil)
        self.before = before
        self.now = now
        self.programs = programs
        self.images = images
        self.problems = problems
    }

    /// All programs, those of images too.
    public var allPrograms: [ProgramDifference] { programs + images.flatMap(\.programs) }

    /// What became of the files, or of the platforms of an image.
    private var statuses: [DifferenceStatus] { images.isEmpty ? programs.map(\.status) : images.map(\.status) }

    /// How many are in each status: `2 changed, 1 the same`.
    var headline: String {
        let words: [(DifferenceStatus, String)] = [
            (.changed, "changed"), (.added, "added"), (.removed, "removed"), (.same, "the same"),
        ]
        let parts = words.compactMap { status, word in
            let count = statuses.count { $0 == status }
            return count > 0 ? "\(count) \(word)" : nil
        }
        return parts.isEmpty ? "nothing was compared" : parts.joined(separator: ", ")
    }
}
