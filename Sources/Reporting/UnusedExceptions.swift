import GoBinary
import Verification

extension Report {
    /// The exceptions that let nothing pass, although their rule judged programs that they are about: they can be removed, or name
    /// the wrong thing. Empty for a shard, and for a run in which something failed, because what is missing may need them.
    var unusedExceptions: [PolicySummary.Exception] {
        guard plan == nil, problems.isEmpty else { return [] }
        return (policy.exceptions ?? []).filter { exception in
            !exception.hasEnded && entries.contains(where: exception.isTried)
                && !entries.contains { $0.findings.contains(where: exception.covers) }
        }
    }
}

extension PolicySummary.Exception {
    /// Whether the rule judged a program that the exception is about. An exception for paths in images is about no other program.
    fileprivate func isTried(on entry: ReportEntry) -> Bool {
        guard case .binary(let program) = entry, [.ready, .notReady].contains(program.verdict), paths == nil else {
            return false
        }
        let isItsPackage = packages.map { $0.contains { Wildcard($0).matches(program.package ?? "") } } ?? true
        let isItsPlatform = platforms.map { $0.contains(program.platform ?? "") } ?? true
        return isItsPackage && isItsPlatform && !(program.untried ?? []).contains(rule)
    }

    fileprivate func covers(_ finding: FindingReport) -> Bool { finding.rule == rule && finding.exception == reason }
}
