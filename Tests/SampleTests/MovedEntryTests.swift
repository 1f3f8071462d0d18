import ELF
import TestSupport
import Testing
import Verification

/// The start symbol of a program says where its entry point must be.
@Suite struct MovedEntryTests {
    @Test(arguments: ["musl-static", "musl-static-pie", "c-static-pie", "go-linux-amd64", "go-cgo-static"])
    func anEntryPointBehindTheStartSymbolIsRefused(sample: String) throws {
        var bytes = try Checkout.bytes(ofSample: sample)
        #expect(!rules(bytes).contains("moved-entry"))
        // The least significant byte of e_entry.
        bytes[24] &+= 3
        #expect(rules(bytes).contains("moved-entry"))
    }

    /// Without symbols nothing says so: it is the limit of the rule.
    @Test func theCodeOfAStrippedProgramIsNotRead() throws {
        var bytes = try Checkout.bytes(ofSample: "go-linux-amd64-stripped")
        bytes[24] &+= 3
        #expect(!rules(bytes).contains("moved-entry"))
    }

    private func rules(_ bytes: [UInt8]) -> [String] {
        Policy.standard.judge(Subject(bytes, expected: nil, permissions: 0o755)).findings.map(\.rule)
    }
}
