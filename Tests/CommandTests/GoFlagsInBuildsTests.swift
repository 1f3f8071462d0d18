import Foundation
import TestSupport
import Testing

/// GOFLAGS is split as go splits it, so that no refused flag gets through.
@Suite struct GoFlagsInBuildsTests {
    /// A tab or newline separates flags for go, and a file of `go env -w` holds them too.
    @Test(arguments: ["-v\t-buildmode=pie", "-v\n-buildmode=pie", "-v\t-toolexec=/nonexistent"])
    func goFlagsAreSplitAsGoSplitsThem(flags: String) throws {
        let module = try GoModule()
        let result = try module.check(["-p", "linux/amd64"], environment: ["GOFLAGS": flags])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.errors.contains("in GOFLAGS is ignored"))
        try module.folder.write("GOFLAGS=\(flags.replacing("\n", with: "\t"))\n", to: "goenv")
        let stored = try module.check(["-p", "linux/amd64"], environment: ["GOENV": module.path("goenv")])
        #expect(stored.status == 0 && stored.errors.contains("in GOFLAGS is ignored"), "\(stored.errors)")
    }

    @Test func quotesInGoFlagsAreRefused() throws {
        let result = try GoModule().check(["-p", "linux/amd64"], environment: ["GOFLAGS": "'-toolexec=/x y'"])
        #expect(result.status == 2)
        #expect(result.errors.contains("GOFLAGS is refused"), "\(result.errors)")
    }

    /// go answers in JSON then.
    @Test func goflagsWithJSONChangesNothing() throws {
        let result = try GoModule().run(["check", "-q", "-p", "linux/amd64"], environment: ["GOFLAGS": "-json"])
        #expect(result.status == 0, "\(result.errors)")
    }
}
