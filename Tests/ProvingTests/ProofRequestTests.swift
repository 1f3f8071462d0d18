import SystemPackage
import Testing
import Verification

@testable import Proving

@Suite struct ProofRequestTests {
    @Test(
        arguments: [
            (ProofRequest(starter: .kernel, mode: .start), ["-", "start"]),
            (ProofRequest(starter: .kernel, mode: .run([])), ["-", "run"]),
            (
                ProofRequest(starter: .kernel, mode: .run(["--version", "", "a b"])),
                ["-", "run", "--version", "", "a b"]
            ),
            (
                ProofRequest(starter: .emulator("/usr/bin/qemu-arm-static"), mode: .start),
                ["/usr/bin/qemu-arm-static", "start"]
            ),
            (ProofRequest(starter: .emulator("/q"), mode: .run(["start"])), ["/q", "run", "start"]),
        ])
    func aRequestIsWrittenAndReadBack(request: ProofRequest, arguments: [String]) {
        #expect(request.arguments == arguments)
        #expect(ProofRequest(arguments: arguments) == request)
    }

    @Test(arguments: [[], ["-"], ["run"], ["-", "walk"], ["-", "start", "more"]])
    func whatIsNotARequestIsNil(arguments: [String]) { #expect(ProofRequest(arguments: arguments) == nil) }

    @Test(arguments: [["staticcheck"], ["staticcheck", "check"], ["staticcheck", "check", Prover.childArgument], []])
    func onlyTheFirstArgumentMakesAChild(arguments: [String]) { #expect(!ProofChild.run(arguments: arguments)) }
}

@Suite struct LaunchFailureTests {
    @Test(arguments: [LaunchFailure.refused(2), .refused(0), .setUp("unshare: x"), .setUp(""), .setUp("e2")])
    func aFailureIsSentAndReadBack(failure: LaunchFailure) { #expect(LaunchFailure(failure.encoded) == failure) }

    @Test(arguments: ["", "x", "2"]) func whatIsNotAFailureIsNil(text: String) {
        #expect(LaunchFailure(Array(text.utf8)) == nil)
    }

    /// ENOENT is 2 (errno(3)).
    @Test func aRefusalSaysWhatExecFailedWith() {
        let proof = LaunchFailure.refused(2).proof(by: "linux")
        #expect(proof.outcome == .refused)
        #expect(proof.detail == "exec fails with ENOENT (No such file or directory)")
    }

    @Test func aFailedIsolationProvesNothing() {
        let proof = LaunchFailure.setUp("chroot: Operation not permitted").proof(by: "linux")
        #expect(proof.outcome == .notProved && proof.by == nil)
        #expect(proof.detail == "chroot: Operation not permitted")
    }
}

@Suite struct SystemCallErrorTests {
    @Test(
        arguments: [
            (.unshare, .notPermitted, "unshare: namespaces are not permitted here: Operation not permitted"),
            (.mount(.emptyRoot), .noMemory, "mount: an empty root: Cannot allocate memory"),
            (.write("/proc/self/uid_map"), .permissionDenied, "write /proc/self/uid_map: Permission denied"),
            (.fork, .resourceTemporarilyUnavailable, "fork: Resource temporarily unavailable"),
        ] as [(SystemCall, Errno, String)])
    func theTextNamesTheCallAndTheReason(call: SystemCall, code: Errno, text: String) {
        #expect("\(SystemCallError(call: call, code: code))" == text)
    }
}
