import ScratchImage
import Testing

@Suite struct UserNumbersTests {
    @Test(arguments: [("65532", "65532:65532"), ("10001:0", "10001:0"), ("1:2", "1:2")])
    func numbersAreTaken(_ text: String, _ shown: String) { #expect(UserNumbers(text)?.description == shown) }

    @Test(arguments: [
        "0", "0:1", "root", "", ":", "1:", ":1", "1:2:3", "-1", "4294967296", "2147483647", "1.5", "app:app",
    ])
    func rootAndNamesAreNot(_ text: String) { #expect(UserNumbers(text) == nil) }
}
