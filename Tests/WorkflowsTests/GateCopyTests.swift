import Attestation
import Foundation
import GoBinary
import Reporting
import SystemPackage
import TestSupport
import Testing
import Verification
import Workflows

/// What `--copy-to` leaves in its folder: exactly the admitted files, or what was there before.
@Suite struct GateCopyTests {
    private let bench: Bench

    init() async throws {
        bench = try Bench()
        try await bench.writeStampedPrograms()
    }

    @discardableResult private func gate(
        _ files: [String] = ["dist"], to target: String? = "image", allowsRenamed: Bool = false
    ) async throws -> GateReport {
        var trust = TrustSettings(allowsUnsigned: true)
        trust.allowsRenamed = allowsRenamed
        var request = GateRequest(files: files.map { bench.path($0) }, trust: trust)
        request.copies = target.map { bench.path($0) }
        return try await GateWorkflow.run(request, in: bench.context)
    }

    /// The words of the error of a run that copies nothing.
    private func refusal(_ files: [String] = ["dist"], to target: String = "image") async throws -> String {
        do {
            try await gate(files, to: target)
            return ""
        } catch { return "\(error)" }
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: bench.path(name).string, withDestinationPath: target)
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: bench.path(folder).string).sorted()
    }

    private func copyStamped(_ from: String, _ to: String) throws {
        let target = bench.path(to)
        try FileManager.default.createDirectory(
            atPath: target.removingLastComponent().string, withIntermediateDirectories: true)
        for suffix in ["", ".intoto.json"] {
            try FileManager.default.copyItem(atPath: bench.path(from).string + suffix, toPath: target.string + suffix)
        }
    }

    // MARK: One target for each file

    @Test func twoFilesWithOneTargetAreAnError() async throws {
        let words = try await refusal(["dist/linux/amd64/app", "dist/linux/arm64/app"])
        #expect(words.contains("image/app"))
        #expect(words.contains("dist/linux/amd64/app") && words.contains("dist/linux/arm64/app"))
        #expect(!bench.holds("image"))
    }

    @Test func twoFoldersWithOneTargetAreAnError() async throws {
        try copyStamped("dist/linux/amd64/app", "other/linux/amd64/app")
        #expect(try await refusal(["dist", "other"]).contains("image/linux/amd64/app"))
        #expect(!bench.holds("image"))
    }

    @Test func aFileAboveAnotherIsAnError() async throws {
        try copyStamped("dist/linux/amd64/app", "plain/app")
        try copyStamped("dist/linux/amd64/app", "tree/app/app")
        #expect(try await refusal(["plain/app", "tree"]).contains("image/app/app"))
        #expect(!bench.holds("image"))
    }

    @Test func aFileThatIsNamedTwiceIsOneFile() async throws {
        #expect(try await gate(["dist", "dist/../dist"]).exitCode == 0)
        #expect(bench.holds("image/linux/arm64/app"))
    }

    @Test func theFolderOfAnotherPlatformIsNoTarget() async throws {
        let report = try await gate(["dist/linux/amd64/app"], to: "image/linux/arm64")
        #expect(report.binaries.map(\.reason) == [.wrongPlace])
        #expect(report.exitCode == 1)
        #expect(!bench.holds("image"))
        #expect(try await gate(["dist/linux/amd64/app"], to: "image/linux/amd64").exitCode == 0)
    }

    // MARK: What is in the target

    @Test func anotherProgramInTheTargetIsAnError() async throws {
        try bench.write(.program, to: "image/deep/old")
        #expect(try await refusal().contains("image/deep/old"))
        #expect(try names("image") == ["deep", "deep/old"])
    }

    @Test func dataAndOwnCopiesInTheTargetStay() async throws {
        try bench.folder.write("data", to: "image/etc/config.json")
        for _ in 1...2 { #expect(try await gate().exitCode == 0) }
        #expect(try bench.text("image/etc/config.json") == "data")
    }

    /// Otherwise a copy for a platform that is no longer built would be shipped forever.
    @Test func aCopyOfAnEarlierRunThatIsNotMadeAgainIsAnError() async throws {
        #expect(try await gate().exitCode == 0)
        try FileManager.default.removeItem(atPath: bench.path("dist/linux/arm64").string)
        #expect(try await refusal().contains("image/linux/arm64/app"))
    }

    @Test(arguments: [
        ("image/linux", "../elsewhere"), ("image/linux/amd64", "../../elsewhere"),
        ("image/linux/amd64/app", "../../../elsewhere/app"), ("image/linux", "/nowhere"), ("image/lib", "/usr/lib"),
    ]) func aLinkInTheTargetIsAnError(link name: String, target: String) async throws {
        try bench.folder.write("kept", to: "elsewhere/app")
        try FileManager.default.createDirectory(
            atPath: bench.path(name).removingLastComponent().string, withIntermediateDirectories: true)
        try link(name, to: target)
        #expect(try await refusal().contains("\(name) is a symbolic link"))
        #expect(try names("elsewhere") == ["app"])
        #expect(try bench.text("elsewhere/app") == "kept")
    }

    @Test func aLinkToAProgramInTheTargetIsAnError() async throws {
        try bench.folder.write("data", to: "image/data")
        try link("image/tool", to: "../dist/linux/amd64/app")
        #expect(try await refusal().contains("image/tool"))
    }

    @Test func theTargetItselfMayBeALink() async throws {
        try FileManager.default.createDirectory(atPath: bench.path("real").string, withIntermediateDirectories: false)
        try link("image", to: "real")
        #expect(try await gate().exitCode == 0)
        #expect(bench.holds("real/linux/amd64/app"))
    }

    // MARK: Links in what is verified

    @Test func aLinkThatLeavesTheTreeIsAProblem() async throws {
        try copyStamped("dist/linux/amd64/app", "elsewhere/app")
        try FileManager.default.createDirectory(
            atPath: bench.path("dist/more").string, withIntermediateDirectories: false)
        for suffix in ["", ".intoto.json"] { try link("dist/more/app\(suffix)", to: "../../elsewhere/app\(suffix)") }
        let report = try await gate(to: nil)
        #expect(report.exitCode == 2)
        let paths = report.problems.compactMap(\.path)
        #expect(paths.contains { $0.hasSuffix("dist/more/app") })
        #expect(report.problems.allSatisfy { $0.message.contains("leads out of") })
    }

    @Test func aLinkInsideTheTreeIsItsFile() async throws {
        try link("dist/app", to: "linux/amd64/app")
        try FileManager.default.copyItem(
            atPath: bench.path("dist/linux/amd64/app.intoto.json").string,
            toPath: bench.path("dist/app.intoto.json").string)
        let report = try await gate()
        #expect(report.exitCode == 0)
        #expect(report.binaries.count == 3)
    }

    /// The place of a link is where the link is: an image would get what it leads to.
    @Test func aLinkToAnotherPlatformIsInTheWrongPlace() async throws {
        try FileManager.default.removeItem(atPath: bench.path("dist/linux/arm64/app").string)
        try FileManager.default.removeItem(atPath: bench.path("dist/linux/arm64/app.intoto.json").string)
        try link("dist/linux/arm64/app", to: "../amd64/app")
        try FileManager.default.copyItem(
            atPath: bench.path("dist/linux/amd64/app.intoto.json").string,
            toPath: bench.path("dist/linux/arm64/app.intoto.json").string)
        let report = try await gate(to: nil)
        #expect(report.binaries.map(\.reason) == [nil, .wrongPlace])
    }

    // MARK: All or nothing

    /// A folder in the way of the last file, which no rename can replace.
    @Test func aCopyThatFailsPutsBackWhatWasThere() async throws {
        try bench.folder.write("old", to: "image/linux/amd64/app")
        try bench.folder.write("in the way", to: "image/linux/arm64/app/entry")
        let before = try names("image")
        #expect(try await refusal().contains("image/linux/arm64/app"))
        #expect(try names("image") == before)
        #expect(try bench.text("image/linux/amd64/app") == "old")
    }

    @Test func aCopyThatFailsRemovesWhatItMade() async throws {
        try bench.folder.write("in the way", to: "image/linux/arm64/app/entry")
        #expect(try await refusal() != "")
        #expect(try names("image") == ["linux", "linux/arm64", "linux/arm64/app", "linux/arm64/app/entry"])
    }

    @Test func theNextRunRemovesWhatAKilledRunLeft() async throws {
        try bench.write(.program, to: "image/.staticcheck-left/program")
        try bench.folder.write("", to: "image/.staticcheck-left/lock")
        #expect(try await gate().exitCode == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("image").string) == ["linux"])
    }

    // MARK: Names

    @Test func anotherNameIsAdmittedOnlyIfThatIsAllowed() async throws {
        try copyStamped("dist/linux/amd64/app", "bin/server")
        #expect(try await gate(["bin"], to: nil).binaries.map(\.reason) == [.wrongName])
        let report = try await gate(["bin"], to: nil, allowsRenamed: true)
        #expect(report.binaries.map(\.stampedName) == ["app"])
        #expect(report.text(colour: false).contains("admitted (stamped as app)"))
        #expect(try await gate(to: nil, allowsRenamed: true).binaries.map(\.stampedName) == [nil, nil])
    }
}
