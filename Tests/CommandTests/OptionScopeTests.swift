import Foundation
import TestSupport
import Testing

/// An option is heeded where it is accepted, and refused where it would have no effect.
@Suite struct OptionScopeTests {
    @Test func theBaselineStartsInTheFolderOfC() throws {
        let module = try GoModule()
        let parent = try TemporaryFolder()
        try module.check(["-p", "linux/amd64", "-q", "--report", "json=base.json"]).check()
        let result = try Execution(
            Checkout.program,
            ["check", "-C", module.folder.url.path, "-p", "linux/amd64", "-q", "--baseline", "base.json"],
            in: parent.url)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test(arguments: [
        ["image", "--shard", "1/2", "-t", "x"], ["dockerfile", "--shard", "1/2"],
        ["dockerfile", "--lint", "--shard", "1/2"],
        ["dockerfile", "--lint", "-p", "linux/arm64"], ["dockerfile", "-p", "linux/arm64"],
    ]) func anOptionWithoutEffectIsRefused(arguments: [String]) throws {
        let result = try GoModule().run(arguments)
        #expect(result.status == 64, "\(result.output)")
        #expect(result.errors.contains(arguments.contains("--shard") ? "--shard" : "--platform"))
    }

    @Test(arguments: [("stop-signal", "foo"), ("workdir", "app")])
    func aConfiguredValueIsCheckedAsTheOptionIs(key: String, value: String) throws {
        let module = try GoModule()
        try module.folder.write("image: {\(key): \(value)}\n", to: "scratchcheck.yaml")
        let configured = try module.run(["image", "-p", "linux/amd64", "-t", "x"])
        let given = try module.run(["image", "-p", "linux/amd64", "-t", "x", "--no-config", "--\(key)", value])
        #expect(configured.status == 64 && given.status == 64, "\(configured.errors)\(given.errors)")
        #expect(configured.errors.contains("image.\(key)"))
    }

    @Test func anErrorNamesTheOptionOnce() throws {
        let errors = try GoModule().run(["image", "-t", "x", "--add", "foo"]).errors
        #expect(errors.split(separator: "\n").first?.matches(of: /--add/).count == 1, "\(errors)")
    }
}
