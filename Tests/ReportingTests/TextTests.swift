import Reporting
import Testing

@Suite struct TextTests {
    @Test(arguments: [
        ("plain ünïcode", "plain ünïcode"), ("a\nb", "a\\u{a}b"), ("\u{1b}[2J", "\\u{1b}[2J"),
        ("x\u{202e}y", "x\\u{202e}y"), ("\u{9b}31m", "\\u{9b}31m"),
    ])
    func namesCannotSteerATerminal(text: String, shown: String) { #expect(text.printable == shown) }

    @Test func columnsAlign() {
        let table = TextTable.render([["A", "SIZE"], ["long", "5"]], rightAligned: [1])
        #expect(table == "A     SIZE\nlong     5\n")
    }

    @Test(arguments: [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_960, "1.0 MB"), (6_234_567, "6.2 MB")])
    func sizesAreShort(bytes: Int, text: String) { #expect(Quantity.size(bytes) == text) }
}
