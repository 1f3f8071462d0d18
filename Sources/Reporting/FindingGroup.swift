import Verification

/// The same finding in several files: what a person reads once.
struct FindingGroup {
    /// The finding, as the first of the files shows it.
    let finding: FindingReport
    /// The paths of the files, in the order of the report.
    var paths: [String]
    /// Whether all of the files show it in the same way.
    var isUniform = true

    /// What is the same in all findings of a group.
    private struct Key: Hashable {
        let message: String
        let rule: String
        let level: Level
        let remedy: String
        let exception: String?
        let place: String?

        init(_ finding: FindingReport, in binary: BinaryReport) {
            message = finding.message
            rule = finding.rule
            level = finding.level
            remedy = finding.remedy
            exception = finding.exception
            place = finding.line.map { "\(binary.path):\($0):\(finding.column ?? 0)" }
        }
    }

    /// Groups the findings of a report, the weightiest first, those of one level in the order of the report.
    static func all(in binaries: [BinaryReport]) -> [FindingGroup] {
        var groups: [FindingGroup] = []
        var places: [Key: Int] = [:]
        for binary in binaries {
            for finding in binary.findings {
                let key = Key(finding, in: binary)
                guard let place = places[key] else {
                    places[key] = groups.count
                    groups.append(FindingGroup(finding: finding, paths: [binary.path]))
                    continue
                }
                if groups[place].finding.evidence != finding.evidence { groups[place].isUniform = false }
                if groups[place].paths.last != binary.path { groups[place].paths.append(binary.path) }
            }
        }
        return Level.allCases.flatMap { level in groups.filter { $0.finding.level == level } }
    }

    /// The evidence in brackets, where it is the same in all of the files.
    var aside: String { isUniform ? " (\(finding.evidence.printable))" : "" }

    /// The files in words: all, or their paths; a few of them where there are many.
    func places(of total: Int) -> String {
        if let line = finding.line, let path = paths.first {
            return "\(path.printable):\(line):\(finding.column ?? 1)"
        }
        guard paths.count < total || total == 1 else { return total == 2 ? "both files" : "all \(total) files" }
        let shown = paths.prefix(8).map(\.printable).joined(separator: ", ")
        return paths.count > 8 ? "\(shown) and \(paths.count - 8) more" : shown
    }
}
