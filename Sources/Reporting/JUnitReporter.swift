import Text
import Verification

/// Writes a report for the test tab of CI systems: JUnit XML as Jenkins' junit-10.xsd has it, a suite for each binary and a
/// case for each rule.
public enum JUnitReporter {
    /// The document.
    public static func render(_ report: Report) -> String {
        func names(_ rules: [Rule]) -> [String] {
            rules.filter { report.policy.level(of: $0.document) != "off" }.map(\.identifier)
        }
        let rules = names(Rule.ofPrograms)
        let ofDockerfiles = names(Rule.ofDockerfiles)
        var suites = report.binaries.map {
            suite(of: $0, rules: $0.isDockerfile ? ofDockerfiles : rules, problems: report.problems)
        }
        let others = report.problemsWithoutBinary
        if !others.isEmpty { suites.append(suite(of: others)) }
        let counts = suites.reduce(into: Counts()) { $0.add($1.counts) }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="\(report.tool.name)" \(counts.attributes(withSkipped: false))>
            \(suites.map(\.text).joined(separator: "\n"))
            </testsuites>

            """
    }

    private struct Counts {
        var tests = 0
        var failures = 0
        var errors = 0
        var skipped = 0

        mutating func add(_ other: Counts) {
            tests += other.tests
            failures += other.failures
            errors += other.errors
            skipped += other.skipped
        }

        /// The schema knows `skipped` on suites alone.
        func attributes(withSkipped: Bool) -> String {
            "tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\""
                + (withSkipped ? " skipped=\"\(skipped)\"" : "")
        }
    }

    private struct Suite {
        let name: String
        let seconds: String
        let cases: [Case]

        var counts: Counts {
            Counts(
                tests: cases.count, failures: cases.count { $0.kind == "failure" },
                errors: cases.count { $0.kind == "error" }, skipped: cases.count { $0.kind == "skipped" })
        }

        var text: String {
            let head = "  <testsuite name=\"\(name.xml)\" \(counts.attributes(withSkipped: true)) time=\"\(seconds)\">"
            return ([head] + cases.map(\.text) + ["  </testsuite>"]).joined(separator: "\n")
        }
    }

    fileprivate struct Case {
        let group: String
        let name: String
        /// The element that says what went wrong: `failure`, `error`, `skipped`, or `system-out` for less.
        var kind: String?
        var type = ""
        var message = ""
        var words = ""

        var text: String {
            let head = "    <testcase classname=\"\(group.xml)\" name=\"\(name.xml)\""
            switch kind {
            case nil: return head + "/>"
            case "system-out"?: return head + "><system-out>\(words.xml)</system-out></testcase>"
            case let kind?:
                let attributes = "message=\"\(message.xml)\" type=\"\(type.xml)\""
                return head + "><\(kind) \(attributes)>\(words.xml)</\(kind)></testcase>"
            }
        }
    }

    private static func suite(of binary: BinaryReport, rules: [String], problems: [Report.Problem]) -> Suite {
        let group = "scratchcheck.\((binary.platform ?? "unknown").replacing("/", with: "-"))"
        let cases: [Case]
        switch binary.verdict {
        case .failed:
            let words = problems.filter { $0.platform == binary.platform }.map(\.message).joined(separator: "\n")
            cases = [
                Case(group: group, name: "build", kind: "error", type: "build", message: "not built", words: words)
            ]
        case .notApplicable:
            cases = rules.map {
                Case(group: group, name: $0, kind: "skipped", type: "platform", message: "not for Linux")
            }
        case .ready, .notReady:
            // What other rules than the policy's have found, those of the gate, fails tests of its own.
            let found = binary.findings.map(\.rule).distinct.filter { !rules.contains($0) }
            cases = (rules + found).map { rule in
                Case(group: group, rule: rule, findings: binary.findings.filter { $0.rule == rule })
            }
        }
        let thousandths = binary.milliseconds % 1000
        let digits = String(thousandths + 1000).dropFirst()
        return Suite(name: binary.path, seconds: "\(binary.milliseconds / 1000).\(digits)", cases: cases)
    }

    private static func suite(of problems: [Report.Problem]) -> Suite {
        Suite(
            name: "what could not be done", seconds: "0",
            cases: problems.map { problem in
                Case(
                    group: "scratchcheck", name: problem.path ?? problem.platform ?? "run", kind: "error",
                    type: "problem",
                    message: problem.message.split(separator: "\n").first.map(String.init) ?? "", words: problem.message
                )
            })
    }
}

extension JUnitReporter.Case {
    /// A rule fails a test with an error; what weighs less is told and fails none.
    fileprivate init(group: String, rule: String, findings: [FindingReport]) {
        let words = findings.map { "\($0.level.rawValue): \($0.message) (\($0.evidence)). \($0.remedy)" }
            .joined(separator: "\n")
        let worst = findings.first { $0.level == .error }
        self.init(
            group: group, name: rule, kind: findings.isEmpty ? nil : worst == nil ? "system-out" : "failure",
            type: rule,
            message: worst?.message ?? "", words: words)
    }
}

extension String {
    /// Text for an XML 1.0 document, which has no control characters (section 2.2), in content and attributes alike.
    fileprivate var xml: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
