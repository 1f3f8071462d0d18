import Text

extension DifferenceReport {
    /// The comparison for a terminal.
    ///
    /// - Parameters:
    ///   - colour: Whether lines are coloured.
    ///   - showsAll: Whether long lists are shown whole.
    public func text(colour: Bool, showsAll: Bool = false) -> String {
        let head = TextTable.render([["before", before.printable], ["now", now.printable]])
        let lists = units.map { $0.text(colour: colour, showsAll: showsAll) + "\n" }
        let errors = problems.map {
            "error: \([$0.path, $0.message].compactMap { $0?.printable }.joined(separator: ": "))\n"
        }
        return head + "\n" + lists.joined() + errors.joined() + (errors.isEmpty ? "" : "\n") + headline + "\n"
    }
}

extension DifferenceUnit {
    fileprivate func text(colour: Bool, showsAll: Bool) -> String {
        let (rows, hidden) = shown(showsAll: showsAll)
        let head = "\(title.printable): \(status == .same ? "the same" : status.rawValue)\n"
        return (colour ? paintedHead(head) : head) + table(rows, colour: colour)
            + hidden.map { "  \($0.count.counted("more row")) of \($0.what.printable): --all shows them\n" }.joined()
            + findings.map { finding in
                let words = colour && finding.isNew ? Style.painted(finding.words, finding.level) : finding.words
                return "  \(words): \(finding.message.printable) [\(finding.rule.printable)]\n"
            }.joined()
    }

    private func paintedHead(_ head: String) -> String {
        switch status {
        case .same: Style.dim(head)
        case .changed: head
        case .added: Style.green(head)
        case .removed: Style.red(head)
        }
    }

    private func table(_ rows: [Row], colour: Bool) -> String {
        guard !rows.isEmpty else { return "" }
        let cells = rows.map { row in
            [row.sign, row.what.printable, row.name.short, (row.before ?? "").short, (row.now ?? "").short]
        }
        // Columns that are empty everywhere, such as the names, are left out.
        let used = (0..<5).filter { column in cells.contains { !$0[column].isEmpty } }
        let titles = ["", "WHAT", "NAME", "BEFORE", "NOW"]
        let lines = TextTable.render(([titles] + cells).map { line in used.map { line[$0] } })
            .split(separator: "\n").map { "  \($0)" }
        return zip([nil] + rows.map(\.sign), lines).map { sign, line in
            guard colour, let sign else { return line + "\n" }
            return (sign == "+" ? Style.green(line) : sign == "-" ? Style.red(line) : Style.yellow(line)) + "\n"
        }.joined()
    }
}

extension String {
    /// The text in a cell: printable, and not longer than a line of a terminal.
    fileprivate var short: String {
        let text = printable
        return text.count > 72 ? text.prefix(71) + "…" : text
    }
}
