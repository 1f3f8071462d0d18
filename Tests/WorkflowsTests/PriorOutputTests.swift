import Attestation
import Files
import SystemPackage
import TestSupport
import Testing

@testable import Workflows

/// What is known of a program of an earlier run before go runs.
struct PriorOutputTests {
    private let bench: Bench
    private let written = Digest(of: Array("as it was written".utf8))

    init() throws {
        bench = try Bench()
        try bench.folder.write("abc", to: "program")
        try Execution("sh", ["-c", "chmod 755 program; sleep 0.02"], in: bench.folder.url).check()
    }

    private func offer(_ recorded: BuiltRecord.Entry?) -> PriorOutput? {
        PriorOutput.offer(bench.path("program"), at: bench.path("staged"), recorded: recorded, madeWith: nil)
    }

    /// The digest is wrong on purpose: it shows that the file is not read.
    @Test func theDigestOfAnUnchangedFileIsThatOfTheRecord() throws {
        let state = try #require(FileState.settled(of: bench.path("program"))).description
        #expect(offer(.init(digest: written, state: state))?.digest == written)
    }

    @Test(arguments: ["touch -d @1 program", "printf xyz >program", "cp -p program copy && mv copy program"])
    func thatOfAChangedFileIsNotKnown(script: String) throws {
        let state = try #require(FileState.settled(of: bench.path("program"))).description
        try Execution("sh", ["-c", script], in: bench.folder.url).check()
        let prior = try #require(offer(.init(digest: written, state: state)))
        #expect(prior.digest == nil)
        #expect(prior.isUnaltered(written))
    }

    @Test func withoutAStateItIsNotKnown() throws {
        #expect(try #require(offer(.init(digest: written, state: nil))).digest == nil)
    }

    @Test func aFileOfWhichNothingIsKnownIsNotOffered() {
        #expect(offer(nil) == nil)
    }
}
