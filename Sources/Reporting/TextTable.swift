/// Aligns rows of cells in columns.
public enum TextTable {
    /// Pads each column to its widest cell, two spaces apart, with no spaces at the end of a line.
    ///
    /// - Parameters:
    ///   - rows: The rows; shorter ones end early. Cells must be printable.
    ///   - rightAligned: The indexes of the columns that are aligned to the right.
    public static func render(_ rows: [[String]], rightAligned: [Int] = []) -> String {
        let lengths = rows.map { $0.map(\.count) }
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in lengths.map { column < $0.count ? $0[column] : 0 }.max() ?? 0 }
        let blank = String(repeating: " ", count: widths.reduce(0) { $0 + $1 + 2 }).utf8
        var text = ""
        for (row, lengths) in zip(rows, lengths) {
            // Spaces are written only when a cell follows, so that lines do not end in spaces.
            var spaces = 0
            for (column, cell) in row.enumerated() {
                let padding = widths[column] - lengths[column]
                if rightAligned.contains(column) { spaces += padding }
                if !cell.isEmpty {
                    text += Substring(blank.prefix(spaces))
                    text += cell
                    spaces = 0
                }
                spaces += 2 + (rightAligned.contains(column) ? 0 : padding)
            }
            while text.utf8.last == 0x20 { text.removeLast() }
            text += "\n"
        }
        return text
    }
}
