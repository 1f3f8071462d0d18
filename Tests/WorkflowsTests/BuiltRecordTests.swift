import Attestation
import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Workflows

/// What is known of the programs of the last run.
struct BuiltRecordTests {
    private let bench: Bench
    private let digest = Digest(of: Array("a".utf8))
    private var folder: TemporaryFolder { bench.folder }

    init() throws { bench = try Bench() }

    private func record(_ output: String = "/out", environment: [String: String]? = nil) -> BuiltRecord {
        var bench = bench
        bench.environment = environment ?? ["XDG_CACHE_HOME": folder.url.path]
        return BuiltRecord(of: FilePath(output), in: bench.context)
    }

    private var files: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/staticcheck/built")) ?? []
    }

    @Test func aDigestIsFoundAgainForItsFolderAlone() {
        #expect(record()["linux/amd64/a b"] == nil)
        record().add(["linux/amd64/a b": digest])
        record().add(["linux/arm64/a": digest])
        #expect(record()["linux/amd64/a b"]?.digest == digest)
        #expect(record()["linux/arm64/a"]?.digest == digest)
        #expect(record("/other")["linux/arm64/a"] == nil)
    }

    /// The form is that of sha256sum, which can check it.
    @Test func theFormIsThatOfSha256sum() throws {
        try folder.write("a", to: "program")
        usleep(20_000)
        record(folder.url.path).add(["program": digest])
        let name = try #require(files.first)
        let list = folder.url.appending(path: "staticcheck/built/\(name)").path
        #expect(try Execution("sha256sum", ["--check", "--strict", list], in: folder.url).status == 0)
    }

    /// XDG Base Directory Specification: relative paths are ignored, and ~/.cache is the default.
    @Test func theCacheFolderIsThatOfTheUser() {
        record(environment: ["XDG_CACHE_HOME": "relative", "HOME": folder.url.path]).add(["a": digest])
        #expect(FileManager.default.fileExists(atPath: folder.url.path + "/.cache/staticcheck/built"))
        record(environment: [:]).add(["a": digest])
        #expect(record(environment: [:])["a"] == nil)
    }

    @Test(arguments: ["", "x", "\n\n", String(repeating: "f", count: 64), String(repeating: "g", count: 64) + "  a"])
    func aDamagedRecordSaysNothing(text: String) throws {
        record().add(["a": digest])
        let name = try #require(files.first)
        try folder.write(text, to: "staticcheck/built/\(name)")
        #expect(record()["a"] == nil)
    }

    @Test func theOlderHalfOfManyRecordsIsRemoved() throws {
        for number in 0..<64 {
            try folder.write("", to: "staticcheck/built/\(number)")
            let time = Date(timeIntervalSince1970: Double(1_700_000_000 + number))
            try FileManager.default.setAttributes(
                [.modificationDate: time], ofItemAtPath: folder.url.path + "/staticcheck/built/\(number)")
        }
        record().add(["a": digest])
        #expect(Set(files).isSuperset(of: (32..<64).map(String.init)))
        #expect(files.count == 33)
        #expect(record()["a"]?.digest == digest)
    }

    /// A file that was changed since has another state. One that was changed a moment ago has none.
    @Test func theStateIsThatOfTheFile() throws {
        try folder.write("a", to: "linux/a")
        usleep(20_000)
        record(folder.url.path).add(["linux/a": digest, "linux/missing": digest])
        let state = record(folder.url.path)["linux/a"]?.state
        #expect(state != nil)
        #expect(state == FileState(of: FilePath(folder.url.path).appending("linux/a"))?.description)
        #expect(record(folder.url.path)["linux/missing"] == .init(digest: digest, state: nil))
        try folder.write("b", to: "linux/a")
        #expect(state != FileState(of: FilePath(folder.url.path).appending("linux/a"))?.description)
    }
}
