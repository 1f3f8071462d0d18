import Text
import Verification

/// What cache programs supplied for all builds of a report: a line for each program.
enum CacheLines {
    /// One run of `go build`. Several entries share one, and it is counted once.
    private struct Build: Hashable {
        let platform: String?
        let shared: SharedBuild?
        let path: String?
        let use: CacheUse
    }

    /// The lines, by the names of the programs; none if go kept its cache itself.
    static func list(_ entries: [ReportEntry]) -> [String] {
        let builds = entries.compactMap { entry in
            entry.cache.map { use in
                Build(
                    platform: entry.platform, shared: entry.sharedBuild,
                    path: entry.sharedBuild == nil ? entry.path : nil, use: use)
            }
        }.distinct
        return Dictionary(grouping: builds.map(\.use), by: \.name).sorted { $0.key < $1.key }.map { name, uses in
            func total(_ value: (CacheUse) -> Int) -> Int {
                uses.reduce(0) { $0.addingReportingOverflow(value($1)).partialValue }
            }
            let hits = total(\.hits)
            return "cache program \(name.printable): \(hits.counted("hit")), "
                + "\(total(\.misses).counted("miss", plural: "misses")), \(Quantity.size(total(\.bytes)))"
        }
    }

    /// The lines for a terminal, with an empty line after them; empty if there are none.
    static func text(_ entries: [ReportEntry]) -> String {
        let lines = list(entries)
        return lines.map { $0 + "\n" }.joined() + (lines.isEmpty ? "" : "\n")
    }
}
