import GoToolchain
import Testing

@Suite struct BuildEnvironmentTests {
    @Test func pinsWhatWouldChangeTheResult() {
        let environment = BuildEnvironment(
            inherited: [
                "CGO_ENABLED": "1", "GOFLAGS": "-buildmode=pie -mod=vendor --race", "GOARM": "5", "GOOS": "plan9",
                "HOME": "/h",
            ], settings: [:])
        #expect(environment.variables["CGO_ENABLED"] == "0")
        #expect(environment.variables["GOFLAGS"] == "-mod=vendor")
        #expect(environment.variables["GOARM"] == nil)
        #expect(environment.variables["GOOS"] == nil)
        #expect(environment.variables["HOME"] == "/h")
        for word in ["CGO_ENABLED=1", "-buildmode=pie", "--race", "GOARM=5", "GOOS=plan9", "-mod=vendor"] {
            #expect(environment.notices.contains { $0.contains(word) }, "\(word) is not named")
        }
    }

    @Test func storedSettingsCannotComeInBehindThePinnedOnes() {
        let stored = BuildEnvironment.settings(fromFile: "GOFLAGS=-buildmode=pie\nGOPROXY=off\nGOARM=6\n")
        let environment = BuildEnvironment(inherited: ["GOPROXY": "direct"], settings: stored)
        #expect(environment.variables["GOENV"] == "off")
        #expect(environment.variables["GOFLAGS"] == "")
        #expect(environment.variables["GOPROXY"] == "direct")
        #expect(environment.variables["GOARM"] == nil)
    }

    @Test func aPlainEnvironmentNeedsNoNotice() {
        #expect(BuildEnvironment(inherited: ["PATH": "/bin"], settings: [:]).notices.isEmpty)
    }
}
