import Attestation
import Foundation
import GoBinary
import Reporting
import SystemPackage
import TestSupport
import Testing
import Verification
import Workflows

/// The gate as a library: only what is stamped passes, and nothing is copied if anything is refused.
@Suite struct GateWorkflowTests {
    private let unsigned = TrustSettings(allowsUnsigned: true)

    @Test func stampedFilesPassAndOthersDoNot() async throws {
        let bench = try Bench()
        try await bench.writeStampedPrograms()
        let request = GateRequest(files: [bench.path("dist")], trust: unsigned)
        #expect(try await GateWorkflow.run(request, in: bench.context).exitCode == 0)
        try bench.write(.program, to: "dist/linux/amd64/other")
        #expect(try await GateWorkflow.run(request, in: bench.context).exitCode == 1)
    }

    @Test func aChangedByteIsRefused() async throws {
        let bench = try Bench()
        try await bench.writeStampedPrograms()
        let file = bench.folder.url.appending(path: "dist/linux/amd64/app")
        var data = try Data(contentsOf: file)
        data[data.count - 1] ^= 1
        try data.write(to: file)
        let request = GateRequest(files: [FilePath(file.path)], trust: unsigned)
        #expect(try await GateWorkflow.run(request, in: bench.context).exitCode == 1)
    }

    @Test func unsignedStampsCountOnlyIfThatIsAllowed() async throws {
        let bench = try Bench()
        try await bench.writeStampedPrograms()
        let request = GateRequest(files: [bench.path("dist")], trust: TrustSettings())
        #expect(try await GateWorkflow.run(request, in: bench.context).exitCode == 1)
    }

    @Test(arguments: SigningKey.Kind.allCases) func onlyTrustedKeysCount(kind: SigningKey.Kind) async throws {
        let bench = try Bench()
        let key = SigningKey(kind)
        try await bench.writeStampedPrograms(key: key)
        let own = GateRequest(files: [bench.path("dist")], trust: TrustSettings(keys: [key.verificationKey]))
        #expect(try await GateWorkflow.run(own, in: bench.context).exitCode == 0)
        let other = TrustSettings(keys: [SigningKey(kind).verificationKey])
        let foreign = GateRequest(files: [bench.path("dist")], trust: other)
        #expect(try await GateWorkflow.run(foreign, in: bench.context).exitCode == 1)
    }

    /// The stamps were made at the bench's time; the gate looks at them later.
    @Test(arguments: [(3600, 3599, true), (3600, 3601, false), (nil, 400 * 86400, true)])
    func oldVerificationsAreRefused(maximum: Int?, later: Int, passes: Bool) async throws {
        var bench = try Bench()
        try await bench.writeStampedPrograms()
        bench.now += later
        var request = GateRequest(files: [bench.path("dist")], trust: unsigned)
        request.trust.maximumAge = maximum
        #expect((try await GateWorkflow.run(request, in: bench.context).exitCode == 0) == passes)
    }

    @Test(arguments: [("linux/amd64", true), ("linux/arm64", true), ("linux/riscv64", false)])
    func requiredPlatformsMustBeThere(platform: String, passes: Bool) async throws {
        let bench = try Bench()
        try await bench.writeStampedPrograms()
        var request = GateRequest(files: [bench.path("dist")], trust: unsigned)
        request.required = [try Platform(parsing: platform)]
        let report = try await GateWorkflow.run(request, in: bench.context)
        #expect(report.missingPlatforms == (passes ? [] : [platform]))
        #expect((report.exitCode == 0) == passes)
    }

    /// `cmp` says whether the copies are the files.
    @Test func copiesAreTheVerifiedFiles() async throws {
        let bench = try Bench()
        try await bench.writeStampedPrograms()
        var request = GateRequest(files: [bench.path("dist")], trust: unsigned)
        request.copies = bench.path("image")
        #expect(try await GateWorkflow.run(request, in: bench.context).exitCode == 0)
        for name in ["linux/amd64/app", "linux/arm64/app"] {
            _ = try Tool.run("cmp", [bench.path("dist/\(name)").string, bench.path("image/\(name)").string])
            #expect(try bench.permissions("image/\(name)") == 0o755)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: bench.path("image").string)
        #expect(names == ["linux"])
    }

    @Test func nothingIsCopiedIfAnythingIsRefused() async throws {
        let bench = try Bench()
        try await bench.writeStampedPrograms()
        try bench.write(.dynamic, to: "dist/linux/amd64/bad")
        var request = GateRequest(files: [bench.path("dist")], trust: unsigned)
        request.copies = bench.path("image")
        #expect(try await GateWorkflow.run(request, in: bench.context).exitCode == 1)
        #expect(!bench.holds("image"))
    }

    @Test func anExistingFolderKeepsItsFilesIfAnythingIsRefused() async throws {
        let bench = try Bench()
        try bench.write(.program, to: "unstamped")
        try bench.folder.write("kept", to: "image/old")
        var request = GateRequest(files: [bench.path("unstamped")], trust: unsigned)
        request.copies = bench.path("image")
        _ = try await GateWorkflow.run(request, in: bench.context)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("image").string) == ["old"])
        #expect(try bench.text("image/old") == "kept")
    }

    @Test func nothingToCheckIsAProblem() async throws {
        let bench = try Bench()
        try bench.folder.write("text", to: "dist/readme")
        let request = GateRequest(files: [bench.path("dist"), bench.path("missing")], trust: unsigned)
        let report = try await GateWorkflow.run(request, in: bench.context)
        #expect(Set(report.problems.compactMap(\.path)) == [bench.path("dist").string, bench.path("missing").string])
        #expect(report.exitCode == 2)
    }

    @Test func imagesAreNotCopied() async throws {
        let bench = try Bench()
        var request = GateRequest(files: [], trust: unsigned)
        request.images = ImageTargets(["oci:nowhere"]).images
        request.copies = bench.path("image")
        let (final, context) = (request, bench.context)
        await #expect(throws: GateRequestError.copiedImage("oci:nowhere")) {
            try await GateWorkflow.run(final, in: context)
        }
    }

    /// A link to a file counts as the file, so that nothing unstamped hides behind it.
    @Test func linksInFoldersAreFollowed() async throws {
        let bench = try Bench()
        try await bench.writeStampedPrograms()
        let link = bench.path("dist/linux/link").string
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "amd64/app")
        let request = GateRequest(files: [bench.path("dist")], trust: unsigned)
        #expect(try await GateWorkflow.run(request, in: bench.context).exitCode == 1)
    }
}
