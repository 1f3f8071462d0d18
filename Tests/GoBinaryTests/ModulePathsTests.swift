import GoBinary
import Testing

/// https://go.dev/ref/mod#resolve-pkg-mod: the module with the longest path.
struct ModulePathsTests {
    @Test(arguments: [
        ("example.com/m", "example.com/m"), ("example.com/m/a/b", "example.com/m"),
        ("example.com/m/v2", "example.com/m/v2"), ("example.com/m/v2/a", "example.com/m/v2"),
        ("example.com/m/v22", "example.com/m"), ("example.com/mm", nil), ("example.com", nil), ("fmt", nil), ("", nil),
    ])
    func theLongestPathAboveAPackageOwnsIt(package: String, owner: String?) {
        #expect(ModulePaths(["example.com/m", "example.com/m/v2", "other.org/x"]).owner(of: package) == owner)
    }
}
