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

    /// How many images were read here as a tool does not unpack them. What umoci refuses, podman decides.
    var disagreements: Int {
        results.reduce(0) { if case .different = $1.key { $0 + $1.value.count } else { $0 } }
            + Summary.admitted(podman).count
    }

    /// The images that were read here and that a tool unpacks to something else, or refuses.
    private static func admitted(_ results: [Comparison.Result: [Int]]) -> [(String, Int)] {
        results.flatMap { result, numbers -> [(String, Int)] in
            switch result {
            case .different(let paths): numbers.map { ("other files at \(paths)", $0) }
            case .refusedByTool(let words): numbers.map { ("refused: \(words)", $0) }
            case .same, .refusedByBoth, .refusedHere: []
            }
        }.sorted { $0.1 < $1.1 }
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
            "| read, and not unpacked so by umoci | \(Summary.admitted(results).count) |",
            "| refused, and by umoci too | \(shared.reduce(0) { $0 + $1.count }) |",
            "| refused, and unpacked by umoci | \(refused) |",
        ]
        if !podman.isEmpty {
            lines += [
                "| of those that are read, asked podman too | \(podman.values.reduce(0) { $0 + $1.count }) |",
                "| read, and not unpacked so by podman | \(Summary.admitted(podman).count) |",
            ]
        }
        lines += ["", "Slowest: \(slowest.milliseconds) ms. Memory at most: \(Summary.peakMegabytes) MB, for all.", ""]
        lines += ["| refused, and unpacked by umoci | images | why |", "|---|---:|---|"]
        lines += refusals.map { "| \($0.reason) | \($0.count) | \(RefusalReasons.reason(for: $0.reason)) |" }
        lines += ["", "| refused, and by umoci too | images |", "|---|---:|"]
        lines += shared.map { "| \($0.reason) | \($0.count) |" } + [""]
        for (tool, found) in [("umoci", results), ("podman", podman)] {
            lines += Summary.admitted(found).prefix(100).map { "\(tool) \(seed):\($0.1) \($0.0)" }
        }
        return lines.joined(separator: "\n")
    }

    /// The greatest memory that the process has had (getrusage(2), in KiB on Linux).
    private static var peakMegabytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) >> 10
    }
}
