import Text
import Verification

/// Writes a report for the test tab of CI systems: a suite for each entry and a case for each rule.
///
/// Source: https://github.com/jenkinsci/xunit-plugin, junit-10.xsd.
public enum JUnitReporter {
    /// The document.
    public static func render(_ report: Report) -> String {
        let problems = report.problemsByPlatform
        var counts = Counts()
        var texts = report.entries.map { entry in
            let suite = suite(
                of: entry, under: report.policy, problems[entry.platform] ?? [],
                failingAt: report.failingTestLevels)
            counts.add(suite.counts)
            return suite.text
        }
        for (name, kind, others) in [
            ("what could not be done", "error", report.problemsWithoutEntry),
            ("what is worse than the baseline", "failure", report.regressions),
        ] where !others.isEmpty {
            let suite = suite(of: others, name: name, kind: kind)
            counts.add(suite.counts)
            texts.append(suite.text)
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="\(report.tool.name.xml)" \(counts.attributes(withSkipped: false))>
            \(texts.joined(separator: "\n"))
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

        /// The schema allows `skipped` on suites only.
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
        /// The element with the result: `failure`, `error`, `skipped`, or `system-out` for a test that passes with findings.
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

    /// - Parameters:
    ///   - problems: Those of the platform of the entry.
    ///   - fatal: The levels of findings that make a test fail.
    private static func suite(
        of entry: ReportEntry, under policy: PolicySummary, _ problems: [Report.Problem], failingAt fatal: Set<Level>
    ) -> Suite {
        let content = entry.content
        let group = ([Identity.name] + content.testGroup).joined(separator: ".")
        let cases: [Case]
        switch entry.verdict {
        case .failed:
            let words = problems.map(\.message).joined(separator: "\n")
            cases = [
                Case(group: group, name: "build", kind: "error", type: "build", message: "not built", words: words)
            ]
        case .notApplicable:
            cases = content.tests(policy).map {
                Case(group: group, name: $0, kind: "skipped", type: "platform", message: content.inapplicability)
            }
        case .leftOut where !entry.findings.contains { fatal.contains($0.level) }:
            let words = entry.content.inapplicability
            cases = [Case(group: group, name: "build", kind: "skipped", type: "left-out", message: words)]
        case .ready, .notReady, .leftOut:
            let untried = Set(content.untried ?? [])
            cases = (content.tests(policy) + entry.findings.map(\.rule)).distinct.map { rule in
                untried.contains(rule)
                    ? Case(group: group, name: rule, kind: "skipped", type: "untried", message: "not tried")
                    : Case(
                        group: group, rule: rule, findings: entry.findings.filter { $0.rule == rule },
                        failingAt: fatal)
            }
        }
        let thousandths = entry.milliseconds % 1000
        let digits = String(thousandths + 1000).dropFirst()
        return Suite(name: entry.path, seconds: "\(entry.milliseconds / 1000).\(digits)", cases: cases)
    }

    private static func suite(of problems: [Report.Problem], name: String, kind: String) -> Suite {
        Suite(
            name: name, seconds: "0",
            cases: problems.map { problem in
                Case(
                    group: Identity.name, name: problem.path ?? problem.platform ?? "run", kind: kind,
                    type: "problem",
                    message: problem.message.split(separator: "\n").first.map(String.init) ?? "", words: problem.message
                )
            })
    }
}

extension JUnitReporter.Case {
    /// A test fails if its rule has a finding of a level that makes the run fail. Others go to the test's output.
    fileprivate init(group: String, rule: String, findings: [FindingReport], failingAt fatal: Set<Level>) {
        let words = findings.map { "\($0.level.rawValue): \($0.message) (\($0.evidence)). \($0.remedy)" }
            .joined(separator: "\n")
        let worst = findings.first { fatal.contains($0.level) }
        self.init(
            group: group, name: rule, kind: findings.isEmpty ? nil : worst == nil ? "system-out" : "failure",
            type: rule,
            message: worst?.message ?? "", words: words)
    }
}

extension String {
    /// Text for the content and the attributes of an XML 1.0 document, which must not have control characters (section 2.2).
    fileprivate var xml: String { String.xmlEscapes.applied(to: printableText) }

    private static let xmlEscapes = Escapes(["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"])
}
