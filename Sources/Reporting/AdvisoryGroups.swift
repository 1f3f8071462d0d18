import Text
import Verification

/// The vulnerabilities of one version of a module as one group, because one update of the module is what removes them.
extension [FindingGroup] {
    /// How many advisories are named.
    private static var shown: Int { 6 }

    /// The groups, with those that are about one version of a module joined at the place of the first.
    func joiningAdvisories() -> [FindingGroup] {
        let sets = Dictionary(grouping: filter { $0.finding.advisory != nil }, by: AdvisoryKey.init)
        var isTold: Set<AdvisoryKey> = []
        return compactMap { group in
            guard group.finding.advisory != nil else { return group }
            let key = AdvisoryKey(group)
            guard isTold.insert(key).inserted else { return nil }
            return sets[key]?.joinedAdvisories ?? group
        }
    }

    /// One group that says what all of these say about vulnerabilities.
    private var joinedAdvisories: FindingGroup? {
        guard let first, let advisory = first.finding.advisory, count > 1 else { return first }
        var group = first
        group.paths = flatMap(\.paths).distinct
        let spread = allSatisfy { $0.paths == first.paths } ? "" : ", not all in each file"
        let place = first.finding.evidence.split(separator: ":").first.map(String.init) ?? advisory.module
        let known = "\(count) known vulnerabilities of \(place)"
        let message =
            switch advisory.state {
            case .linked: "\(known) are linked\(spread)"
            case .unknown: "\(known) may be linked\(spread) (\(advisory.reason ?? "too little is known"))"
            case .packageOnly, .notLinked: "\(known) name a linked package, and no linked function\(spread)"
            }
        group.finding = first.finding.saying(
            message, evidence: compactMap(\.finding.advisory?.name).listed(Self.shown) + "; JSON reports have all",
            remedy: remedy(for: advisory))
        return group
    }

    private func remedy(for advisory: Advisory) -> String {
        let fixes = compactMap { $0.finding.advisory?.fixedVersion }.distinct
        let name = ["stdlib", "toolchain"].contains(advisory.module) ? "Go" : advisory.module
        let unfixed = self.count { $0.finding.advisory?.fixedVersion == nil }
        let rest = unfixed == 0 ? "" : " \(unfixed) \(unfixed == 1 ? "has" : "have") no fix yet."
        guard let last = fixes.max(by: { $0.isOlder(than: $1) }) else {
            return "No later version without them is known."
        }
        return "Build with \(name) \(last) or later.\(rest)"
    }
}

extension String {
    /// Whether a version comes before another; only its numbers count.
    fileprivate func isOlder(than other: String) -> Bool {
        func numbers(_ text: String) -> [Int] {
            text.split { !("0"..."9").contains($0) }.prefix(3).compactMap { Int($0) }
        }
        return numbers(self).lexicographicallyPrecedes(numbers(other))
    }
}

/// What findings about vulnerabilities must have in common to be told as one.
private struct AdvisoryKey: Hashable {
    let rule: String
    let exception: String?
    let module: String?
    let version: String?
    let state: Advisory.State?
    let reason: String?

    init(_ group: FindingGroup) {
        rule = group.finding.rule
        exception = group.finding.exception
        module = group.finding.advisory?.module
        version = group.finding.advisory?.version
        state = group.finding.advisory?.state
        reason = group.finding.advisory?.reason
    }
}
