import Foundation

/// Counts what was seen, and shows it as Markdown.
struct Summary {
    private var results: [Comparison.Result: [Int]] = [:]
    private var podman: [Comparison.Result: [Int]] = [:]
    private var slowest = (milliseconds: 0, number: 0)
    private(set) var total = 0

    mutating func add(_ comparison: Comparison) {
        total += 1
        results[comparison.result, default: []].append(comparison.number)
        if let result = comparison.podman { podman[result, default: []].append(comparison.number) }
        if comparison.milliseconds > slowest.milliseconds {
            slowest = (comparison.milliseconds, comparison.number)
        }
    }

    /// The images that were read here, and of which a tool makes other files; or that both tools refuse.
    var disagreements: [String] {
        let different = results.flatMap { result, numbers -> [(String, Int)] in
            guard case .different(let paths) = result else { return [] }
            return numbers.map { ("umoci has other files at \(paths)", $0) }
        }
        let podman = podman.flatMap { result, numbers -> [(String, Int)] in
            switch result {
            case .different(let paths): numbers.map { ("podman has other files at \(paths)", $0) }
            case .refusedByTool(let words): numbers.map { ("podman: \(words)", $0) }
            case .same, .refusedByBoth, .refusedHere: []
            }
        }
        return (different + podman).sorted { $0.1 < $1.1 }.map { "\($0.1): \($0.0)" }
    }

    private var refusedByUmoci: Int {
        results.reduce(0) { if case .refusedByTool = $1.key { $0 + $1.value.count } else { $0 } }
    }

    private static func count(_ results: [Comparison.Result: [Int]], _ result: Comparison.Result) -> Int {
        results[result]?.count ?? 0
    }

    /// The reasons of refusals, the most frequent first.
    private func reasons(_ reason: (Comparison.Result) -> String?) -> [(reason: String, count: Int)] {
        results.compactMap { result, numbers in reason(result).map { ($0, numbers.count) } }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }

    /// The tables.
    func markdown(seed: UInt64) -> String {
        let refusals = reasons { if case .refusedHere(let reason) = $0 { reason } else { nil } }
        let shared = reasons { if case .refusedByBoth(let reason) = $0 { reason } else { nil } }
        let refused = refusals.reduce(0) { $0 + $1.count }
        var lines = [
            "### \(total) images, seed \(seed)", "", "| | images |", "|---|---:|",
            "| read, and the same files as umoci's | \(Summary.count(results, .same)) |",
            "| read, refused by umoci, and the same files as podman's | \(refusedByUmoci) |",
            "| read, and other files than those of umoci or podman | \(disagreements.count) |",
            "| refused, and by umoci too | \(shared.reduce(0) { $0 + $1.count }) |",
            "| refused, and unpacked by umoci | \(refused) |",
        ]
        let asked = podman.values.reduce(0) { $0 + $1.count }
        if asked > 0 { lines.append("| of those that are read, compared with podman too | \(asked) |") }
        lines += ["", "Slowest: \(slowest.milliseconds) ms. Memory at most: \(Summary.peakMegabytes) MB, for all.", ""]
        lines += ["| refused, and unpacked by umoci | images | why |", "|---|---:|---|"]
        lines += refusals.map { "| \($0.reason) | \($0.count) | \(RefusalReasons.reason(for: $0.reason)) |" }
        lines += ["", "| refused, and by umoci too | images |", "|---|---:|"]
        lines += shared.map { "| \($0.reason) | \($0.count) |" } + [""]
        lines += disagreements.prefix(100)
        return lines.joined(separator: "\n")
    }

    /// The greatest memory that the process has had (getrusage(2), in KiB on Linux).
    private static var peakMegabytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) >> 10
    }
}
