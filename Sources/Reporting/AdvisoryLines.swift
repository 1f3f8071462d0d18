import Text
import Verification

/// How many known vulnerabilities each program has, for people.
enum AdvisoryLines {
    /// A line for each program that was looked up, and one about the database; empty if none was.
    static func text(_ entries: [ReportEntry]) -> String {
        let scans = entries.compactMap { entry in entry.vulnerabilities.map { (entry.path, $0) } }
        guard let date = scans.first?.1.databaseModified.prefix(10) else { return "" }
        let counts = scans.map { "  \($0.printable): \(words($1))\n" }
        return "vulnerabilities (database of \(date)):\n" + counts.joined() + "\n"
    }

    /// The same, each line complete in itself.
    static func list(_ entries: [ReportEntry]) -> [String] {
        entries.compactMap { entry in
            entry.vulnerabilities.map {
                "vulnerabilities of \(entry.path) (database of \($0.databaseModified.prefix(10))): \(words($0))"
            }
        }
    }

    /// `77 by version, 42 linked, 11 in linked packages, 24 not linked`.
    static func words(_ scan: AdvisoryScan) -> String {
        guard scan.failure == nil else { return "not looked up, because the database could not be read" }
        let gaps = scan.gaps.isEmpty ? "" : " (\(scan.gaps.joined(separator: "; ")))"
        guard !scan.advisories.isEmpty else { return gaps.isEmpty ? "none by version" : "not known" + gaps }
        let parts: [(Advisory.State, String)] = [
            (.linked, "linked"), (.unknown, "unknown"), (.packageOnly, "only in linked packages"),
            (.notLinked, "not linked"),
        ]
        return
            (["\(scan.advisories.count) by version"]
            + parts.map { ($1, scan.count($0)) }.filter { $0.1 > 0 }.map { "\($1) \($0)" }).joined(separator: ", ")
            + gaps
    }
}
