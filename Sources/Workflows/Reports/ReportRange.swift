import GoBinary
import Reporting

extension Report {
    /// The largest number that a report may hold, and the largest sum of all its numbers: 2⁵⁰, in bytes more than a petabyte.
    /// Below it, no sum, difference or percentage that a writer computes can overflow.
    private static let maximum = 1 << 50
    /// The largest number of shards. `merge` counts up to it.
    private static let maximumShards = 1 << 20

    /// Whether all numbers of a report that was read are in the range that a run can report.
    var hasPossibleNumbers: Bool {
        if let shard = plan?.shard {
            guard (1...Report.maximumShards).contains(shard.count), (1...shard.count).contains(shard.index) else {
                return false
            }
        }
        var left = Report.maximum
        for number in entries.flatMap(\.numbers) + otherNumbers {
            guard (0...left).contains(number) else { return false }
            left -= number
        }
        return true
    }

    private var otherNumbers: [Int] {
        let changes = (comparison?.changes ?? []).flatMap { [$0.sizeBefore, $0.sizeNow].compactMap { $0 } }
        let counts = [summary.ready, summary.notReady, summary.notApplicable, summary.failed]
        return changes + counts + (plan?.targets.map(\.weight) ?? [])
    }
}

extension ReportEntry {
    fileprivate var numbers: [Int] {
        [size ?? 0, milliseconds, sharedBuild?.programs ?? 0, sharedBuild?.milliseconds ?? 0]
            + (sizes?.parts.map(\.size) ?? [])
            + findings.flatMap { [$0.line ?? 0, $0.column ?? 0] }
    }
}
