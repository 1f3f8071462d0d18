import Verification

/// Writes a report in the Test Anything Protocol, version 13: a test for each binary.
///
/// Source: https://testanything.org/tap-version-13-specification.html
public enum TAPReporter {
    /// The document.
    public static func render(_ report: Report) -> String {
        let tests =
            report.binaries.map(test)
            + report.problemsWithoutBinary.map { problem in
                (
                    "not ok", (problem.path ?? problem.platform ?? "run").tapped,
                    diagnostics([("message", problem.message)])
                )
            }
        let lines = tests.enumerated().map { index, test in
            "\(test.0) \(index + 1) - \(test.1)\(test.2)\n"
        }
        return "TAP version 13\n1..\(tests.count)\n" + lines.joined()
    }

    private static func test(_ binary: BinaryReport) -> (String, String, String) {
        let name = [binary.path, binary.platform].compactMap { $0 }.joined(separator: " ").tapped
        let errors = binary.findings.filter { $0.level == .error }
        switch binary.verdict {
        case .ready: return ("ok", name, "")
        case .notApplicable: return ("ok", name, " # SKIP not for Linux")
        case .failed: return ("not ok", name, diagnostics([("message", "not built")]))
        case .notReady:
            return ("not ok", name, diagnostics(errors.map { ($0.rule, "\($0.message) (\($0.evidence))") }))
        }
    }

    private static func diagnostics(_ facts: [(String, String)]) -> String {
        let lines = facts.map { name, words in
            let text = words.split(separator: "\n").map { String($0).printable }.joined(separator: " / ")
            return "  \(name): '\(text.replacing("'", with: "''"))'\n"
        }
        return "\n  ---\n" + lines.joined() + "  ..."
    }
}

extension String {
    /// A description in which nothing is taken for a directive.
    fileprivate var tapped: String {
        printable.replacing("\\", with: "\\\\").replacing("#", with: "\\#")
    }
}
