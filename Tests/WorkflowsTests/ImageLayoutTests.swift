import Attestation
import Foundation
import GoBinary
import Reporting
import ScratchImage
import SystemPackage
import TestSupport
import Testing
import Workflows

/// Layouts that exist already, damaged or with links: `sha256sum` says whether each blob is what its name says.
@Suite struct ImageLayoutTests {
    private let bench: Bench

    init() async throws { bench = try await .ofImages() }

    private var request: ImageRequest {
        var request = ImageRequest(
            supply: .folder(NamedPath("dist", from: bench.path), platforms: nil),
            trust: TrustSettings(allowsUnsigned: true))
        request.destinations = [.standard]
        return request
    }

    private func makeImage() async throws { _ = try await ImageWorkflow.run(request, in: bench.context) }

    private func blobs() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: bench.path("image/blobs/sha256").string).sorted()
    }

    /// The name of each blob that does not have the digest in its name.
    private func wrongBlobs() throws -> [String] {
        try blobs().filter { name in
            try !Tool.run("sha256sum", [bench.path("image/blobs/sha256/\(name)").string]).hasPrefix(name)
        }
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: bench.path(name).string, withDestinationPath: target)
    }

    enum Damage: CaseIterable { case flipped, shortened, emptied, unreadable }

    @Test(arguments: Damage.allCases) func damagedBlobsAreWrittenAgain(damage: Damage) async throws {
        try await makeImage()
        let before = try blobs()
        #expect(try wrongBlobs().isEmpty)
        for name in before {
            let url = bench.folder.url.appending(path: "image/blobs/sha256/\(name)")
            var data = try Data(contentsOf: url)
            switch damage {
            case .flipped: data[data.count / 2] ^= 1
            case .shortened: data.removeLast()
            case .emptied: data = Data()
            case .unreadable: data[0] ^= 1
            }
            try data.write(to: url)
            let mode = damage == .unreadable ? 0 : 0o644
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
        }
        try await makeImage()
        #expect(try blobs() == before)
        #expect(try wrongBlobs().isEmpty)
    }

    /// A blob that is right is not written again: its inode stays.
    @Test func goodBlobsStay() async throws {
        func inodes() throws -> [String] {
            try blobs().map { try Tool.run("stat", ["-c", "%i", bench.path("image/blobs/sha256/\($0)").string]) }
        }
        try await makeImage()
        let before = try inodes()
        try await makeImage()
        #expect(try inodes() == before)
    }

    @Test(arguments: ["image/blobs", "image/blobs/sha256", "image/index.json", "image/oci-layout"])
    func nothingIsWrittenThroughALink(name: String) async throws {
        try await makeImage()
        try FileManager.default.moveItem(
            atPath: bench.path(name).string, toPath: bench.path("moved").string)
        try link(name, to: bench.path("moved").string)
        let before = try Tool.run("sh", ["-c", "find -L \"$0\" | sort | xargs ls -ld", bench.path("moved").string])
        let (request, context) = (self.request, bench.context)
        await #expect {
            try await ImageWorkflow.run(request, in: context)
        } throws: { "\($0)".contains("\(name) is a symbolic link") }
        let after = try Tool.run("sh", ["-c", "find -L \"$0\" | sort | xargs ls -ld", bench.path("moved").string])
        #expect(after == before)
    }

    @Test func aBlobThatIsALinkIsAnError() async throws {
        try await makeImage()
        let name = "image/blobs/sha256/\(try blobs()[0])"
        try FileManager.default.moveItem(atPath: bench.path(name).string, toPath: bench.path("moved").string)
        try link(name, to: bench.path("moved").string)
        let (request, context) = (self.request, bench.context)
        await #expect {
            try await ImageWorkflow.run(request, in: context)
        } throws: { "\($0)".contains("\(name) is a symbolic link") }
    }

    /// A link to a blob in the same layout is read, one that leads out of it is not.
    @Test func aLayoutIsReadWithoutLeavingIt() async throws {
        try await makeImage()
        for name in try blobs() {
            let path = "image/blobs/sha256/\(name)"
            try FileManager.default.moveItem(
                atPath: bench.path(path).string, toPath: bench.path("image/kept-\(name)").string)
            try link(path, to: "../../kept-\(name)")
        }
        #expect(try ImageSource(.layout, path: bench.path("image")).entries().count == 2)
        for name in try blobs() {
            let path = "image/blobs/sha256/\(name)"
            try FileManager.default.removeItem(atPath: bench.path(path).string)
            try FileManager.default.moveItem(
                atPath: bench.path("image/kept-\(name)").string, toPath: bench.path("kept-\(name)").string)
            try link(path, to: "../../../kept-\(name)")
        }
        #expect {
            try ImageSource(.layout, path: bench.path("image")).entries()
        } throws: { "\($0)".contains("leads out of") }
    }

    @Test func theNextImageRemovesWhatAKilledRunLeft() async throws {
        try bench.folder.write("", to: ".staticcheck-left/lock")
        try bench.folder.write("half", to: ".staticcheck-left/layout/index.json")
        try await makeImage()
        #expect(!bench.holds(".staticcheck-left"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: bench.path("image").string).sorted() == [
                ".gitignore", "blobs", "index.json", "oci-layout",
            ])
    }

    // MARK: The gate of an image

    @Test func exchangedPlatformsAreRefused() async throws {
        for suffix in ["", ".intoto.json"] {
            for (from, to) in [("amd64", "x"), ("arm64", "amd64"), ("x", "arm64")] {
                let folder = bench.path("dist/linux/\(to)").string
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try FileManager.default.moveItem(
                    atPath: bench.path("dist/linux/\(from)/app\(suffix)").string, toPath: "\(folder)/app\(suffix)")
            }
        }
        let (request, context) = (self.request, bench.context)
        await #expect {
            try await ImageWorkflow.run(request, in: context)
        } throws: { error in
            guard case .refused(_, let refusal) = error as? ImageRunError else { return false }
            return refusal.reason == .wrongPlace
        }
        #expect(!bench.holds("image"))
    }

    @Test func aRenamedProgramIsPackedOnlyIfThatIsAllowed() async throws {
        for platform in ["amd64", "arm64"] {
            for suffix in ["", ".intoto.json"] {
                try FileManager.default.moveItem(
                    atPath: bench.path("dist/linux/\(platform)/app\(suffix)").string,
                    toPath: bench.path("dist/linux/\(platform)/server\(suffix)").string)
            }
        }
        var request = self.request
        let (refused, context) = (request, bench.context)
        await #expect {
            try await ImageWorkflow.run(refused, in: context)
        } throws: { error in
            guard case .refused(_, let refusal) = error as? ImageRunError else { return false }
            return refusal.reason == .wrongName
        }
        request.trust.allowsRenamed = true
        let report = try await ImageWorkflow.run(request, in: context)
        for platform in report.platforms {
            #expect(platform.files.filter { $0.stampedName != nil }.map(\.path) == ["server"])
        }
        #expect(report.text.contains("renamed /server (linux/arm64, stamped as app)"))
    }
}
