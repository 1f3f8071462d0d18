import Testing
import Text

/// RFC 4648, section 10, in lower case.
struct HexadecimalTests {
    @Test(arguments: [("", ""), ("f", "66"), ("foobar", "666f6f626172"), ("\u{0}\u{7f}", "007f"), ("ÿ", "c3bf")])
    func eachByteHasTwoDigits(text: String, digits: String) { #expect(text.utf8.hexadecimal == digits) }
}
