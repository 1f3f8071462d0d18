import Verification

/// A table for people, without the columns that are empty in every row.
struct Table {
    /// A column with its cells, printable.
    struct Column {
        let title: String
        var isRightAligned = false
        /// nil for an unknown value, which is written as a dash.
        let cells: [String?]

        fileprivate var isEmpty: Bool { cells.allSatisfy { $0?.isEmpty ?? true } }
    }

    /// The columns that are shown.
    let columns: [Column]

    init(_ columns: [Column]) { self.columns = columns.filter { !$0.isEmpty } }

    /// The cells of each row.
    var rows: [[String]] {
        (0..<(columns.first?.cells.count ?? 0)).map { row in columns.map { $0.cells[row] ?? "-" } }
    }

    /// The table as text, with a line for the titles.
    var text: String {
        TextTable.render(
            [columns.map(\.title)] + rows, rightAligned: columns.indices.filter { columns[$0].isRightAligned })
    }
}

extension Table {
    /// The entries of a report.
    ///
    /// - Parameter verdict: The words for the verdict of an entry.
    init(_ entries: [ReportEntry], verdict: (ReportEntry) -> String) {
        self.init([
            .init(
                title: entries.contains { $0.package != nil } ? "PACKAGE" : "FILE",
                cells: entries.map { ($0.package ?? $0.path).printable }),
            .init(title: "PLATFORM", cells: entries.map { $0.platform?.printable }),
            .init(title: "VERDICT", cells: entries.map(verdict)),
            .init(title: "PROOF", cells: entries.map { $0.proof?.word }),
            .init(title: "SIZE", isRightAligned: true, cells: entries.map { $0.size.map(Quantity.size) }),
            .init(title: "TIME", isRightAligned: true, cells: entries.map(\.time)),
        ])
    }
}
