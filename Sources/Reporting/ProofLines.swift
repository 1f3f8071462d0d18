import Verification

/// What images did when they were started, in words: the answers, the end, and what was looked up and not found.
enum ProofLines {
    /// The lines of a text report; empty if no image ran.
    static func text(_ entries: [ReportEntry]) -> String {
        let blocks = entries.compactMap { entry -> String? in
            guard let proof = entry.proof else { return nil }
            let rows = rows(proof, rules: Set(entry.findings.map(\.rule)))
            guard !rows.isEmpty else { return nil }
            let name = "started \(entry.path.printable)\(entry.platform.map { " (\($0.printable))" } ?? "")\n"
            return name + TextTable.render(rows.map { ["  \($0.name):", $0.words.printable] })
        }
        return blocks.isEmpty ? "" : blocks.joined(separator: "\n") + "\n"
    }

    /// Names and words of what is known.
    static func rows(_ proof: Proof, rules: Set<String>) -> [(name: String, words: String)] {
        let paths = LookedUpPath.all(in: proof, foretoldBy: rules)
        guard proof.answers != nil || proof.stop != nil || !paths.isEmpty else { return [] }
        let by = proof.by.map { $0 == "linux" ? [] : [("emulated", "by \($0)")] } ?? []
        let answers = (proof.answers ?? []).map { answer in
            (
                answer.failure == nil ? "answered" : "silent",
                answer.failure.map { "\(answer.probe): \($0)" } ?? "\(answer.probe) after \(answer.milliseconds) ms"
            )
        }
        let stop = proof.stop.map { stop in
            [
                (
                    "ended",
                    stop.ending.map { "\($0), \(stop.milliseconds) ms after \(stop.signal)" }
                        ?? "not after \(stop.signal)"
                )
            ]
        }
        let foretold = paths.filter { $0.rule != nil }.map { "\($0.path) (\($0.rule ?? ""))" }
        let others = paths.filter { $0.rule == nil }.map(\.path)
        let missing = [("not found", foretold), ("not found, and no rule says so", others)].filter { !$0.1.isEmpty }
        return by + answers + (stop ?? []) + missing.map { ($0.0, $0.1.listed(8)) }
    }
}
