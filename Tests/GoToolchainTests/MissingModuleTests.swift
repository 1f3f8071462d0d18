import TestSupport
import Testing

@testable import GoToolchain

/// https://go.dev/ref/mod#go-mod-file-grammar
@Suite struct MissingModuleTests {
    @Test(arguments: [
        ("module m\n\ngo 1.22\n", []),
        ("module m\nrequire example.com/a v1.2.3\n", ["example.com/a@v1.2.3"]),
        (
            "require (\n\texample.com/A/b v1.0.0 // indirect\n\t\"example.com/c\" v0.0.0-20200101000000-abcdefABCDEF\n)\n",
            ["example.com/!a/b@v1.0.0", "example.com/c@v0.0.0-20200101000000-abcdef!a!b!c!d!e!f"]
        ),
        ("require example.com/a v1.0.0\nreplace example.com/a => ../a\n", []),
        (
            "require example.com/a v1.0.0\nreplace example.com/a v1.0.0 => example.com/fork v1.1.0\n",
            ["example.com/fork@v1.1.0"]
        ),
        (
            "require example.com/a v1.0.0\nreplace (\n\texample.com/a => example.com/fork v1.1.0\n)\n",
            ["example.com/fork@v1.1.0"]
        ),
        ("require (\n)\nexclude example.com/a v1.0.0\nretract v1.0.1\n", []),
    ])
    func requiredModulesHaveFolders(text: String, places: [String]) {
        #expect(RequiredModule.all(in: text).map(\.place) == places)
    }
}
