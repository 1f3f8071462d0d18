import Foundation
import Testing

@testable import Reporting

/// The changes between two reports.
@Suite struct ComparisonTests {
    private func changes(_ now: [String], _ before: [String]) throws -> [Comparison.Change] {
        try Sample.report(now).compared(with: Sample.report(before)).comparison?.changes ?? []
    }

    private func sized(_ size: Int, _ path: String = "app", findings: [String] = []) throws -> String {
        try Sample.entry(path, findings: findings, more: ",\"size\":\(size)")
    }

    @Test(arguments: [
        (1000, 1050, 0.05, "app: grown by 50 B (+5.0 %)"), (1000, 500, -0.5, "app: shrunk by 500 B (-50.0 %)"),
        (1000, 999, -0.001, "app: shrunk by 1 B (-0.1 %)"), (3, 4, 1.0 / 3, "app: grown by 1 B (+33.3 %)"),
        (1_000_000, 1_000_001, 1e-6, "app: grown by 1 B (+0.0 %)"),
        (2_000_000, 5_000_000, 1.5, "app: grown by 3.0 MB (+150.0 %)"),
    ])
    func growthIsAPartOfTheSizeBefore(before: Int, now: Int, growth: Double, words: String) throws {
        let change = try #require(try changes([sized(now)], [sized(before)]).first)
        #expect(abs((change.growth ?? 0) - growth) < 1e-12)
        #expect(change.description == words)
    }

    @Test func whatIsEqualIsNotAChange() throws {
        #expect(try changes([sized(5)], [sized(5)]).isEmpty)
        #expect(try changes([Sample.entry()], [Sample.entry()]).isEmpty)
    }

    @Test func newAndGoneEntriesHaveNoGrowth() throws {
        let found = try changes([sized(7, "new")], [sized(9, "old")])
        #expect(found.map(\.description) == ["new: new, 7 B", "old: gone"])
        #expect(found.map(\.growth) == [nil, nil])
        #expect(found.map(\.sizeBefore) == [nil, 9] && found.map(\.sizeNow) == [7, nil])
    }

    @Test func anEmptyFileHasNoGrowth() throws {
        let change = try #require(try changes([sized(7)], [sized(0)]).first)
        #expect(change.growth == nil)
    }

    @Test func findingsThatComeAndGoAreNamed() throws {
        let before = try sized(5, findings: [Sample.finding("cgo", "note"), Sample.finding("packed", "note")])
        let now = try sized(5, findings: [Sample.finding("cgo", "note"), Sample.finding("certificates", "warning")])
        let change = try #require(try changes([now], [before]).first)
        #expect(change.new == ["certificates"] && change.mended == ["packed"])
        #expect(change.description == "app: new: certificates; fixed: packed")
    }

    @Test func theSamePathOnAnotherPlatformIsAnotherEntry() throws {
        let now = try Sample.entry("app", platform: "linux/386")
        #expect(try changes([now], [Sample.entry("app")]).count == 2)
    }

    /// A report from before entries had a kind is a baseline for one that has them.
    @Test func anOldReportIsABaseline() throws {
        let now = try Sample.entry("oci:x /app", kind: "image", more: ",\"size\":4")
        let change = try #require(try changes([now], [sized(2, "oci:x /app")]).first)
        #expect(change.growth == 1)
    }

    @Test func theFieldsInJSONKeepTheirNames() throws {
        let report = try Sample.report([sized(2)]).compared(with: Sample.report([sized(1)]))
        let json = try Sample.object(JSONReporter.render(report))
        let change = try #require(((json["comparison"] as? [String: Any])?["changes"] as? [[String: Any]])?.first)
        #expect(Set(change.keys) == ["path", "platform", "sizeBefore", "sizeNow", "new", "mended"])
    }
}
