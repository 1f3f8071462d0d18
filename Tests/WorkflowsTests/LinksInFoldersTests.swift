import Attestation
import Foundation
import Reporting
import SystemPackage
import TestSupport
import Testing
import Workflows

/// Symbolic links in a folder that is verified, stamped and gated.
@Suite struct LinksInFoldersTests {
    private let bench: Bench

    /// A folder with a program and links to it, to a program outside, to a folder and to nothing.
    init() throws {
        bench = try Bench()
        try bench.write(.program, to: "dist/app")
        try bench.write(.dynamic, to: "outside")
        for (link, target) in [("latest", "app"), ("stray", "../outside"), ("up", ".."), ("nothing", "absent")] {
            try FileManager.default.createSymbolicLink(
                atPath: bench.path("dist/\(link)").string, withDestinationPath: target)
        }
    }

    private func verify(stamping: Bool) async throws -> [String] {
        var request = VerifyRequest(files: [bench.path("dist")])
        if stamping { request.stamps = StampSettings() }
        let report = try await VerifyWorkflow.run(request, in: bench.context)
        #expect(report.exitCode == 0)
        return report.entries.compactMap { $0.path.split(separator: "/").last.map(String.init) }
    }

    @Test(arguments: [false, true]) func aLinkToAProgramOutsideIsNotVerifiedAndIsNamed(stamping: Bool) async throws {
        #expect(try await !verify(stamping: stamping).contains("stray"))
        #expect(
            bench.listener.notes == [
                "note: 1 symbolic link to a program outside the folder was not verified: \(bench.path("dist/stray"))"
            ])
    }

    @Test func withoutAStampTheFileOfALinkIsVerifiedOnce() async throws {
        #expect(try await verify(stamping: false) == ["app"])
    }

    /// The gate wants a stamp for every program that the folder shows.
    @Test func aLinkInTheFolderIsStampedSoThatTheGateAdmitsIt() async throws {
        #expect(try await verify(stamping: true) == ["app", "latest"])
        for link in ["stray", "up", "nothing"] {
            try FileManager.default.removeItem(atPath: bench.path("dist/\(link)").string)
        }
        let gate = try await GateWorkflow.run(
            GateRequest(files: [bench.path("dist")], trust: TrustSettings(allowsUnsigned: true)), in: bench.context)
        #expect(gate.exitCode == 0)
        #expect(gate.binaries.count == 2)
    }

    /// Its target could be created after the gate has passed.
    @Test func theGateRefusesALinkToNothing() async throws {
        _ = try await verify(stamping: true)
        for link in ["stray", "up"] { try FileManager.default.removeItem(atPath: bench.path("dist/\(link)").string) }
        let request = GateRequest(files: [bench.path("dist")], trust: TrustSettings(allowsUnsigned: true))
        let gate = try await GateWorkflow.run(request, in: bench.context)
        #expect(gate.exitCode == 2)
        #expect(gate.problems.map(\.path) == [bench.path("dist/nothing").string])
    }
}
