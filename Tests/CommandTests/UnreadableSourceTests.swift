import Foundation
import TestSupport
import Testing

/// `--reproduce` copies the repository. What go does not read need not be readable, and has any name.
@Suite struct UnreadableSourceTests {
    private func check(_ module: GoModule, _ arguments: [String] = []) throws -> Execution {
        try module.check(["-p", "linux/amd64", "--reproduce", "-q"] + arguments)
    }

    private func isIdentical(_ module: GoModule) throws -> Bool? {
        let predicate = try module.json("dist/linux/amd64/m.intoto.json")["predicate"] as? [String: Any]
        let claim = predicate?["urn:uuid:3c7802d6-c6dd-48c7-9c0d-2fac2aabf05d#reproduction/v0.1"] as? [String: Bool]
        return claim?["isIdentical"]
    }

    private func leftovers(_ module: GoModule) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: module.path("dist")).filter {
            $0.hasPrefix(".staticcheck-")
        }
    }

    @Test func namesThatAreNotUTF8AreCopied() throws {
        let module = try GoModule()
        try Execution(
            "bash", ["-c", "mkdir $'od\\xffd' && echo x >$'od\\xffd/\\xfe' && ln -s nowhere $'\\xfd'"],
            in: module.folder.url
        )
        .check()
        let result = try check(module)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(try isIdentical(module) == true)
        #expect(try leftovers(module).isEmpty)
    }

    /// Runs as a user who is not root, if this one is: root can read everything.
    private func checkAsUser(_ module: GoModule) throws -> Execution {
        guard getuid() == 0 else { return try check(module) }
        let program = module.path("staticcheck")
        try FileManager.default.copyItem(atPath: Checkout.program, toPath: program)
        try Execution("chown", ["-R", "65534:65534", module.folder.url.path]).check()
        return try Execution(
            "setpriv",
            [
                "--reuid", "65534", "--regid", "65534", "--clear-groups", program, "check", "-p", "linux/amd64",
                "--reproduce",
            ],
            in: module.folder.url,
            environment: [
                "HOME": module.path("home"), "GOCACHE": module.path("home/cache"), "GOFLAGS": "-buildvcs=false",
            ])
    }

    @Test func whatGoDoesNotReadMayBeUnreadable() throws {
        let module = try GoModule()
        for name in [".env", "private/file"] { try module.folder.write("secret", to: name) }
        try module.folder.write("", to: "home/x")
        try Execution("chmod", ["0", module.path(".env"), module.path("private")]).check()
        let result = try checkAsUser(module)
        try Execution("chmod", ["700", module.path("private")]).check()
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(try isIdentical(module) == true)
    }

    /// A program that holds the time of its build differs each time, and an unreadable file may be why.
    @Test func theFirstBuildStandsIfTheSecondSaysNothing() throws {
        let module = try GoModule()
        try module.folder.write("secret", to: ".env")
        try module.folder.write("", to: "home/x")
        try module.folder.write("builds: [{packages: [.], trimpath: false}]\n", to: "scratchcheck.yaml")
        try Execution("chmod", ["0", module.path(".env")]).check()
        let result = try checkAsUser(module)
        #expect(result.status == 2, "\(result.output)\(result.errors)")
        #expect((result.output + result.errors).contains("not known whether the build can be reproduced"))
        #expect((result.output + result.errors).contains(".env"))
        #expect(result.output.contains("linux/amd64  ready"))
        #expect(try isIdentical(module) == nil)
    }
}
