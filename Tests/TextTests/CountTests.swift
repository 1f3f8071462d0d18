import Testing
import Text

@Suite struct CountTests {
    @Test(arguments: [(0, "0 packages"), (1, "1 package"), (2, "2 packages"), (21, "21 packages"), (-1, "-1 packages")])
    func aNounIsPluralExceptForOne(count: Int, text: String) { #expect(count.counted("package") == text) }

    @Test(arguments: [(1, "1 library"), (3, "3 libraries")])
    func aNounMayHaveAPluralOfItsOwn(count: Int, text: String) {
        #expect(count.counted("library", plural: "libraries") == text)
    }
}
