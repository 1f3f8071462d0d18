import Text

extension DifferenceReport {
    /// The comparison in GitHub Flavored Markdown, for release notes.
    ///
    /// - Parameter showsAll: Whether long lists are shown whole.
    public func markdown(showsAll: Bool = false) -> String {
        let lists = units.map { $0.markdown(showsAll: showsAll) }
        let errors = problems.map {
            "**error**: \([$0.path, $0.message].compactMap { $0?.markdown }.joined(separator: ": "))\n\n"
        }
        return "## Changes from \(before.markdown) to \(now.markdown)\n\n" + lists.joined() + errors.joined()
            + "\(headline)\n"
    }
}

extension DifferenceUnit {
    fileprivate func markdown(showsAll: Bool) -> String {
        let (rows, hidden) = shown(showsAll: showsAll)
        let head = "### \(title.markdown): \(status == .same ? "the same" : status.rawValue)\n\n"
        let lines = rows.map { row in
            let cells = [row.sign == "~" ? "changed" : row.sign == "+" ? "added" : "removed", row.what, row.name]
            return "| \((cells + [row.before ?? "", row.now ?? ""]).map(\.markdown).joined(separator: " | ")) |\n"
        }
        let table = lines.isEmpty ? "" : "| | what | name | before | now |\n|---|---|---|---|---|\n\(lines.joined())\n"
        let more = hidden.map { "- \($0.count.counted("more row")) of \($0.what.markdown)\n" }
        let found = findings.map { finding in
            "- **\(finding.words)**: \(finding.message.markdown) (`\(finding.rule.printable.replacing("`", with: ""))`)\n"
        }
        let list = more + found
        return head + table + list.joined() + (list.isEmpty ? "" : "\n")
    }
}
