import Testing
import Text

@Suite struct WordTests {
    @Test func eachElementComesOnceWhereItCameFirst() {
        #expect([3, 1, 3, 2, 1].distinct == [3, 1, 2])
        #expect([Int]().distinct.isEmpty)
    }

    /// ASCII: `0`-`9` are 0x30-0x39, `A`-`Z` 0x41-0x5A, `a`-`z` 0x61-0x7A.
    @Test func lettersAndDigitsAreThoseOfASCII() {
        let found = (UInt8.min...UInt8.max).filter(\.isASCIILetterOrDigit)
        #expect(found == Array(0x30...0x39) + Array(0x41...0x5a) + Array(0x61...0x7a))
    }
}
