import Testing

@testable import Reporting

/// Tables and quantities.
@Suite struct TextTests {
    @Test(
        arguments: [
            ([["A", "SIZE"], ["long", "5"]], [1], "A     SIZE\nlong     5\n"),
            ([["A", "B"], ["", "x"]], [], "A  B\n   x\n"), ([["A", "B"], ["x", ""]], [], "A  B\nx\n"),
            ([["A", "B", "C"], ["x", "", "z"]], [1], "A  B  C\nx     z\n"),
            ([["A", "B"], ["only"]], [], "A     B\nonly\n"),
            ([["é", "B"], ["ab", "c"]], [], "é   B\nab  c\n"), ([["日本", "B"], ["x", "c"]], [], "日本  B\nx   c\n"),
            ([["", ""], ["", ""]], [], "\n\n"), ([], [], ""), ([["a  "]], [], "a\n"),
        ] as [([[String]], [Int], String)])
    func columnsAlignAndLinesEndWithoutSpaces(rows: [[String]], right: [Int], table: String) {
        #expect(TextTable.render(rows, rightAligned: right) == table)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"), (999_960, "1.0 MB"),
        (6_234_567, "6.2 MB"), (1_000_000_000, "1.0 GB"), (5_000_000_000_000, "5000.0 GB"),
    ])
    func sizesAreShort(bytes: Int, text: String) { #expect(Quantity.size(bytes) == text) }

    @Test(arguments: [
        (1, 4, "25.0 %"), (1, 3, "33.3 %"), (2, 3, "66.7 %"), (0, 5, "0.0 %"), (5, 5, "100.0 %"), (7, 5, "140.0 %"),
        (-1, 4, "-25.0 %"), (1, 0, "-"), (0, 0, "-"), (-1, 100_000, "0.0 %"),
    ])
    func sharesHaveOneDecimal(part: Int, whole: Int, text: String) { #expect(Quantity.share(part, of: whole) == text) }

    @Test(arguments: [
        (0.0, "0.0"), (0.04, "0.0"), (0.05, "0.1"), (-0.05, "-0.1"), (1.25, "1.3"), (-12.34, "-12.3"), (99.95, "100.0"),
    ])
    func decimalsAreRoundedAwayFromZero(value: Double, text: String) { #expect(Quantity.oneDecimal(value) == text) }

    @Test(arguments: [(0, "0 s"), (1400, "1 s"), (119_400, "119 s"), (120_000, "2 min"), (150_000, "3 min")])
    func estimatesAreWhole(milliseconds: Int, text: String) {
        #expect(Quantity.roughly(.milliseconds(milliseconds)) == text)
    }

    @Test(arguments: [
        ("\thave (int)\r\n\twant ()", ["\thave (int)\\u{d}\\u{a}\twant ()"]), ("a\n\n\tb", ["a", "", "\tb"]),
        ("\u{1b}[1m\t\u{202e}", ["\\u{1b}[1m\t\\u{202e}"]),
    ])
    func linesKeepTheirTabsAndNothingElseThatATerminalObeys(text: String, lines: [String]) {
        #expect(text.printableLines == lines)
    }

    @Test(arguments: [(1 << 20, "1.0 MiB"), (3 << 29, "1.5 GiB"), (1 << 30, "1.0 GiB"), (1 << 19, "0.5 MiB")])
    func memoryIsInPowersOfTwo(bytes: Int, text: String) { #expect(Quantity.memory(bytes) == text) }
}
