import Attestation
import Foundation
import GoBinary
import Proving
import Reporting
import SystemPackage
import TestSupport
import Testing
import Verification
import Workflows

/// Verifying files as a library: what is ready, what is not, and what is a problem.
@Suite struct VerifyWorkflowTests {
    @Test func aStaticProgramIsReadyAndADynamicOneIsNot() async throws {
        let bench = try Bench()
        let good = try bench.write(.program, to: "good")
        let bad = try bench.write(.dynamic, to: "bad")
        let report = try await VerifyWorkflow.run(VerifyRequest(files: [good, bad]), in: bench.context)
        #expect(report.entries.map(\.path) == [good.string, bad.string])
        #expect(report.entries.map(\.verdict) == [.ready, .notReady])
        #expect(report.entries[1].findings.contains { $0.rule == "interpreter" && $0.level == .error })
        #expect(report.problems.isEmpty)
        #expect(report.exitCode == 1)
    }

    /// In a folder only ELF files count; a file that is named must be a program.
    @Test func foldersAreSearchedAndNamedFilesMustBePrograms() async throws {
        let bench = try Bench()
        try bench.write(.program, to: "tree/a/app")
        try bench.write(.arm64, to: "tree/b/app")
        try bench.folder.write("#!/bin/sh\n", to: "tree/script.sh")
        let tree = try await VerifyWorkflow.run(VerifyRequest(files: [bench.path("tree")]), in: bench.context)
        #expect(Set(tree.entries.map(\.path)) == [bench.path("tree/a/app").string, bench.path("tree/b/app").string])
        #expect(tree.exitCode == 0)
        let script = VerifyRequest(files: [bench.path("tree/script.sh")])
        #expect(try await VerifyWorkflow.run(script, in: bench.context).exitCode != 0)
    }

    @Test func whatCannotBeReadIsAProblemInTheReport() async throws {
        let bench = try Bench()
        let good = try bench.write(.program, to: "good")
        try FileManager.default.createDirectory(atPath: bench.path("empty").string, withIntermediateDirectories: true)
        let request = VerifyRequest(files: [bench.path("missing"), bench.path("empty"), good])
        let report = try await VerifyWorkflow.run(request, in: bench.context)
        #expect(Set(report.problems.compactMap(\.path)) == [bench.path("missing").string, bench.path("empty").string])
        #expect(report.entries.map(\.verdict) == [.ready])
        #expect(report.exitCode == 2)
    }

    @Test(arguments: [("linux/amd64", true), ("linux/arm64", false), ("linux/386", false)])
    func theExpectedPlatformIsTheFiles(platform: String, isReady: Bool) async throws {
        let bench = try Bench()
        var request = VerifyRequest(files: [try bench.write(.program, to: "app")])
        request.platform = try Platform(parsing: platform)
        let report = try await VerifyWorkflow.run(request, in: bench.context)
        #expect((report.entries.first?.verdict == .ready) == isReady)
        let isNamed = report.entries.first?.findings.contains { $0.rule == "wrong-platform" } == true
        #expect(isNamed != isReady)
    }

    @Test func thePolicyOfTheRequestDecides() async throws {
        let bench = try Bench()
        var request = VerifyRequest(files: [try bench.write(.dynamic, to: "app")])
        let errors = try await VerifyWorkflow.run(request, in: bench.context).entries[0].findings
            .filter { $0.level == .error }.map(\.rule)
        request.policy = try Policy(changes: Set(errors).map { Policy.Change(rule: $0, level: .note, reason: "test") })
        let report = try await VerifyWorkflow.run(request, in: bench.context)
        #expect(!errors.isEmpty)
        #expect(report.entries.map(\.verdict) == [.ready])
    }

    /// `sha256sum` says what the digest is.
    @Test func digestsAreComputedOnlyOnRequest() async throws {
        let bench = try Bench()
        var request = VerifyRequest(files: [try bench.write(.program, to: "app")])
        #expect(try await VerifyWorkflow.run(request, in: bench.context).entries[0].sha256 == nil)
        request.isHashing = true
        let digest = try await VerifyWorkflow.run(request, in: bench.context).entries[0].sha256
        #expect(
            digest
                == (try Tool.run("sha256sum", [bench.path("app").string]).split(separator: " ").first.map(String.init)))
    }

    @Test func filesThatPassAreStampedAndOthersLoseTheirStamp() async throws {
        let bench = try Bench()
        let good = try bench.write(.program, to: "good")
        let bad = try bench.write(.program, to: "bad")
        var request = VerifyRequest(files: [good, bad])
        request.stamps = StampSettings()
        for key in [nil, SigningKey(.p256)] {
            request.stamps?.key = key
            let names = try await VerifyWorkflow.run(request, in: bench.context).entries.compactMap(\.stamp)
            #expect(names.count == 2)
        }
        request.stamps?.key = nil
        _ = try bench.write(.dynamic, to: "bad")
        let report = try await VerifyWorkflow.run(request, in: bench.context)
        let stamp = try #require(report.entries[0].stamp)
        #expect(FileManager.default.fileExists(atPath: stamp))
        #expect(report.entries[1].stamp == nil)
        let names = try FileManager.default.contentsOfDirectory(atPath: bench.path.string)
        #expect(!names.contains { $0.hasPrefix("bad.") }, "\(names)")
    }

    /// The clock is the context's; SOURCE_DATE_EPOCH wins over it (https://reproducible-builds.org/specs/source-date-epoch/).
    @Test(arguments: [(nil, "2027-01-15T08:00:00Z"), ("0", "1970-01-01T00:00:00Z")])
    func stampsStateTheTimeOfTheContext(epoch: String?, time: String) async throws {
        var bench = try Bench()
        bench.environment["SOURCE_DATE_EPOCH"] = epoch
        var request = VerifyRequest(files: [try bench.write(.program, to: "app")])
        request.stamps = StampSettings()
        let report = try await VerifyWorkflow.run(request, in: bench.context)
        let stamp = try String(contentsOfFile: try #require(report.entries[0].stamp), encoding: .utf8)
        #expect(stamp.contains("\"\(time)\""), "\(stamp)")
    }

    @Test(arguments: ["soon", "-1", "8589934592", "1.5"])
    func aTimeThatCannotBeStatedIsRefused(epoch: String) async throws {
        var bench = try Bench()
        bench.environment["SOURCE_DATE_EPOCH"] = epoch
        var request = VerifyRequest(files: [try bench.write(.program, to: "app")])
        request.stamps = StampSettings()
        let context = bench.context
        await #expect(throws: ContextError.sourceDate(epoch)) { try await VerifyWorkflow.run(request, in: context) }
    }

    /// The same file, policy and time make the same stamp, byte for byte.
    @Test func stampsAreReproducible() async throws {
        let bench = try Bench()
        var request = VerifyRequest(files: [try bench.write(.program, to: "app")])
        request.stamps = StampSettings()
        var stamps: [String] = []
        for _ in 0..<2 {
            let report = try await VerifyWorkflow.run(request, in: bench.context)
            stamps.append(try String(contentsOfFile: try #require(report.entries[0].stamp), encoding: .utf8))
        }
        #expect(stamps[0] == stamps[1] && !stamps[0].isEmpty)
    }

    @Test func imagesAreNotStampedAndFilesNotAsked() async throws {
        let bench = try Bench()
        var request = VerifyRequest(files: [])
        request.images = ImageTargets(["oci:nowhere"]).images
        request.stamps = StampSettings()
        let (stamped, context) = (request, bench.context)
        await #expect(throws: VerifyError.stampedImage("oci:nowhere")) {
            try await VerifyWorkflow.run(stamped, in: context)
        }
        request.stamps = nil
        request.files = ["app"]
        var proof = ImageProofSettings(mode: .run([]))
        proof.probes = [.tcp(port: 80)]
        request.imageProof = proof
        let asked = request
        await #expect(throws: VerifyError.probedFile("app")) { try await VerifyWorkflow.run(asked, in: context) }
    }

    /// Without skopeo on PATH an image of a registry cannot be fetched: a problem of that image, not the end of the run.
    @Test func aMissingToolIsAProblemOfTheImage() async throws {
        var bench = try Bench()
        bench.environment["PATH"] = bench.path.string
        var request = VerifyRequest(files: [try bench.write(.program, to: "app")])
        request.images = ImageTargets(["docker://registry.example.com/app"]).images
        let report = try await VerifyWorkflow.run(request, in: bench.context)
        #expect(report.problems.map(\.path) == ["docker://registry.example.com/app"])
        #expect(report.problems.first?.message.contains("skopeo") == true)
        #expect(report.entries.map(\.verdict) == [.ready])
    }

    @Test func progressIsToldAndEnds() async throws {
        let bench = try Bench()
        let files = try ["a", "b", "c"].map { try bench.write(.program, to: $0) }
        _ = try await VerifyWorkflow.run(VerifyRequest(files: files), in: bench.context)
        #expect(bench.listener.files.last == .ended)
        #expect(bench.listener.files.contains(.started(3, of: 3)))
        #expect(bench.listener.notes.isEmpty)
    }

    @Test func inspectionNamesTheFileAndTheVerdict() throws {
        let bench = try Bench()
        let good = try bench.write(.program, to: "good")
        let (inspection, verdict) = try InspectWorkflow.run(InspectRequest(file: good))
        #expect(verdict == .ready)
        #expect(inspection.text.contains(good.string))
        let bad = try bench.write(.dynamic, to: "bad")
        let (other, refusal) = try InspectWorkflow.run(InspectRequest(file: bad))
        #expect(refusal == .notReady)
        #expect(other.text.contains("/lib64/ld-linux-x86-64.so.2"))
        #expect(throws: (any Error).self) { try InspectWorkflow.run(InspectRequest(file: bench.path("missing"))) }
    }
}

/// Independent tools of the base system.
enum Tool {
    /// Runs a tool and gives its output.
    static func run(_ name: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardOutput = pipe
        try process.start()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(tool: name, status: process.terminationStatus) }
        return String(decoding: output, as: UTF8.self)
    }

    /// A tool that ended with an error.
    struct Failed: Error {
        let tool: String
        let status: Int32
    }
}

extension ReportEntry {
    /// The stamp of a binary; nil for any other entry.
    fileprivate var stamp: String? {
        guard case .binary(let binary) = self else { return nil }
        return binary.stamp
    }
}
