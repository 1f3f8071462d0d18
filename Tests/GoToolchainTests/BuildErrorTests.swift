import GoBinary
import GoToolchain
import SystemPackage
import Testing

/// An error says what failed, in what, and what to do.
@Suite struct BuildErrorTests {
    @Test(
        arguments: [
            (
                .goNotExecutable("/x/go"),
                "--go /x/go: not found or not executable; give the path of the go command itself"
            ),
            (.goTooOld("/x/go", version: "go1.17"), "/x/go is go1.17; go 1.18 or later is needed"),
            (
                .goTooOldForModule(
                    "/src/go.mod", wanted: GoVersion(major: 1, minor: 27), "/x/go",
                    found: GoVersion(major: 1, minor: 22),
                    failedDownload: nil),
                "/src/go.mod asks for go1.27, and /x/go is go1.22: set GOTOOLCHAIN=auto, so that go downloads it, or install it "
                    + "from https://go.dev/dl, and put it first on PATH or pass --go PATH"
            ),
            (
                .goTooOldForModule(
                    "/src/go.mod", wanted: GoVersion(major: 1, minor: 27), "/x/go",
                    found: GoVersion(major: 1, minor: 19),
                    failedDownload: nil),
                "/src/go.mod asks for go1.27, and /x/go is go1.19: install it from https://go.dev/dl, and put it first on PATH or "
                    + "pass --go PATH"
            ),
            (
                .goTooOld("/x/go", version: nil),
                "/x/go does not answer as the go command does; go 1.18 or later is needed"
            ),
            (
                .goFailed(["list", "-e", "-json=Dir", "--", "."], directory: "/src", said: "no go.mod"),
                "go list -e failed in /src:\nno go.mod"
            ),
            (
                .goFailed(["tool", "dist", "list", "-json"], directory: "/", said: "bad"),
                "go tool dist list -json failed in /:\nbad"
            ),
            (
                .gitFailed(["rev-parse", "HEAD"], directory: "/src", said: "fatal: no"),
                "git rev-parse HEAD failed in /src: fatal: no"
            ),
            (
                .noProgram(
                    patterns: ["./a", "./b"], matchesPackages: true, directory: "/src", programs: ["m/x", "m/y"]),
                "./a ./b matches no program (package main); the programs here are:\n  m/x\n  m/y"
            ),
            (
                .noProgram(patterns: ["./a"], matchesPackages: false, directory: "/src", programs: []),
                "./a matches no package; there are no programs in the module of /src"
            ),
            (
                .nameForSeveralPrograms("app", count: 2),
                "the name 'app' applies to 2 programs; give the build exactly one package"
            ),
            (
                .samePlace("linux/arm/app", packages: ["m/a", "m/b"]),
                "m/a and m/b would both be written to linux/arm/app; give one build another name or platform"
            ),
            (
                .unknownPlaceholder("verison", known: ["commit", "version"]),
                "unknown placeholder {{verison}}; known are {{commit}}, {{version}}"
            ),
            (.noPlatform, "no platforms to build for; name one with --platform"),
            (.gitNotFound, "git not found on PATH; the placeholders in --ldflags need it"),
        ] as [(BuildError, String)])
    func theTextNamesWhatWhereAndWhatToDo(error: BuildError, text: String) { #expect("\(error)" == text) }
}
