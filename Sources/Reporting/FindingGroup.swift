import Text
import Verification

/// The same finding in several entries, so that people read it once.
struct FindingGroup {
    /// The finding in the first of the entries.
    var finding: FindingReport
    /// The paths of the entries, in the order of the report.
    var paths: [String]
    /// The number of files in the report.
    let total: Int
    /// Whether an entry is a program that is not built, and so no file.
    var isAboutMissingFile = false
    /// Whether the entries are programs of images.
    var isInImage = false
    /// Whether the evidence is the same in all of the entries.
    var isUniform = true

    /// What all findings of a group have in common. A finding with a line is never grouped with that of another file.
    private struct Key: Hashable {
        let message: String
        let rule: String
        let level: Level
        let remedy: String
        let exception: String?
        let place: String?

        init(_ finding: FindingReport, in entry: ReportEntry) {
            message = finding.message
            rule = finding.rule
            level = finding.level
            remedy = finding.remedy
            exception = finding.exception
            place = finding.line.map { "\(entry.path):\($0):\(finding.column ?? 0)" }
        }
    }

    /// Groups the findings of entries: errors first, then warnings and notes, each in the order of the entries.
    static func all(in entries: [ReportEntry]) -> [FindingGroup] {
        let total = entries.fileCount
        var groups: [FindingGroup] = []
        var places: [Key: Int] = [:]
        for entry in entries {
            for finding in entry.findings {
                let key = Key(finding, in: entry)
                guard let place = places[key] else {
                    places[key] = groups.count
                    groups.append(
                        FindingGroup(
                            finding: finding, paths: [entry.path], total: total,
                            isAboutMissingFile: entry.verdict == .leftOut,
                            isInImage: entry.content.kind == .image))
                    continue
                }
                if groups[place].finding.evidence != finding.evidence { groups[place].isUniform = false }
                groups[place].add(entry.path)
            }
        }
        let told = groups.joiningLibraries.joiningAdvisories()
        return Level.allCases.flatMap { level in told.filter { $0.finding.level == level } }
    }

    /// Adds the path of an entry. A program that is not built has the same path on every platform.
    private mutating func add(_ path: String) {
        if paths.last == path || isAboutMissingFile && paths.contains(path) { return }
        paths.append(path)
    }

    /// The evidence in brackets, printable; empty if it differs between the entries.
    var aside: String { isUniform ? " (\(finding.evidence.printable))" : "" }

    /// The entries in words, printable: `all 5 files`, or the paths of at most eight.
    var places: String {
        if let line = finding.line, let path = paths.first {
            return "\(path.printable):\(line):\(finding.column ?? 1)"
        }
        guard paths.count < total || total == 1 || isAboutMissingFile else {
            return total == 2 ? "both files" : "all \(total.counted("file"))"
        }
        return paths.map(\.printable).listed(8)
    }
}
