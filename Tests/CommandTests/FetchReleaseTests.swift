import Foundation
import TestSupport
import Testing

/// `Scripts/fetch-release`, which the action, the pre-commit hooks and the recipes use, with a release in a folder.
@Suite struct FetchReleaseTests {
    private let release: Release
    private let place: TemporaryFolder

    init() throws {
        release = try Release(version: "9.8.7")
        place = try TemporaryFolder()
    }

    private func fetch(_ version: String = "9.8.7", repository: String? = nil) throws -> Execution {
        try Execution(
            Checkout.root.appending(path: "Scripts/fetch-release").path,
            [repository ?? release.address, version, place.url.path])
    }

    private var program: String { place.url.appending(path: "bin/scratchcheck").path }

    @Test(arguments: ["", ".git"]) func theProgramRunsUnderItsAliasAlone(suffix: String) throws {
        for _ in 1...2 {
            let result = try fetch(repository: release.address + suffix)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("the attestation was not"), "it says what was not verified")
        }
        #expect(try Execution(program, ["--version"]).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: place.url.appending(path: "bin").path)
        #expect(names == ["scratchcheck"])
        let all = try FileManager.default.contentsOfDirectory(atPath: place.url.path)
        #expect(!all.contains { $0.hasPrefix(".fetch") })
    }

    @Test func aChangedFileIsRefused() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: release.files.path) where name.hasSuffix("gz") {
            let file = release.files.appending(path: name)
            try (Data(contentsOf: file) + Data([0])).write(to: file)
        }
        let result = try fetch()
        #expect(result.status == 2)
        #expect(result.errors.contains("is not the file that SHA256SUMS lists"))
        #expect(!FileManager.default.fileExists(atPath: program))
    }

    @Test func aFileWithoutAChecksumIsRefused() throws {
        try Data("0000  another.tar.gz\n".utf8).write(to: release.files.appending(path: "SHA256SUMS"))
        let result = try fetch()
        #expect(result.status == 2)
        #expect(result.errors.contains("SHA256SUMS does not list staticcheck-9.8.7-linux-"))
    }

    @Test func aMissingReleaseIsNamed() throws {
        let result = try fetch("1.1.1")
        #expect(result.status == 2)
        #expect(result.errors.contains("cannot download \(release.address)/releases/download/v1.1.1/"))
    }
}
