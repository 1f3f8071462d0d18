import Foundation
import Verification

@testable import Reporting

/// Reports written by hand, as docs/report.schema.json has them, for the writers to read.
enum Sample {
    /// A text in which each format has something to escape.
    static let hostile = "a|b<c>&\"'#%,:`*_\\ ]]> \u{1b}[31m\u{202e}\u{9b}\u{ffff}x\r\n::error::y"

    /// A JSON string.
    static func quoted(_ text: String) throws -> String {
        String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    }

    /// A finding.
    static func finding(
        _ rule: String = "interpreter", _ level: String = "error", message: String = "it does not start",
        evidence: String = "PT_INTERP", remedy: String = "Link it statically.", more: String = ""
    ) throws -> String {
        try """
        {"rule":\(quoted(rule)),"level":"\(level)","message":\(quoted(message)),"evidence":\(quoted(evidence)),
        "remedy":\(quoted(remedy))\(more)}
        """
    }

    /// An entry; `more` holds further fields, each with a comma before it.
    static func entry(
        _ path: String = "dist/app", kind: String? = nil, platform: String? = "linux/amd64", verdict: String = "ready",
        milliseconds: Int = 1, findings: [String] = [], more: String = ""
    ) throws -> String {
        let kind = kind.map { "\"kind\":\"\($0)\"," } ?? ""
        let platform = try platform.map { try "\"platform\":\(quoted($0))," } ?? ""
        return try """
        {\(kind)\(platform)"path":\(quoted(path)),"verdict":"\(verdict)","milliseconds":\(milliseconds),
        "findings":[\(findings.joined(separator: ","))]\(more)}
        """
    }

    /// A report of entries and problems.
    static func report(
        _ entries: [String], problems: [String] = [], rules: String = "{\"interpreter\":\"error\",\"packed\":\"off\"}"
    ) throws -> Report {
        let text = """
            {"schemaVersion":"1","tool":{"name":"scratchcheck","version":"1.2.3"},
            "policy":{"sha256":"\(String(repeating: "0", count: 64))","rules":\(rules),"changes":[]},
            "binaries":[\(entries.joined(separator: ","))],"problems":[\(problems.joined(separator: ","))],
            "summary":{"ready":0,"notReady":0,"notApplicable":0,"failed":0}}
            """
        let report = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
        // The counts are those of the entries.
        return Report(tool: report.tool, policy: report.policy, entries: report.entries, problems: report.problems)
    }

    /// A report with the hostile text wherever a text comes from outside.
    static func hostileReport() throws -> Report {
        let finding = try finding(
            hostile, message: hostile, evidence: hostile, remedy: hostile,
            more: ",\"causes\":[\(quoted(hostile))],\"exception\":\(quoted(hostile))")
        let source = try ",\"package\":\(quoted(hostile)),\"source\":\(quoted(hostile))"
        let proof = try ",\"proof\":{\"outcome\":\"not-proved\",\"detail\":\(quoted(hostile))}"
        let parts = try quoted(hostile)
        let sizes = ",\"size\":1,\"sizes\":{\"parts\":[{\"name\":\(parts),\"module\":\(parts),\"size\":1}]}"
        return try report(
            [
                entry(hostile, platform: hostile, verdict: "not-ready", findings: [finding], more: source + proof),
                entry(hostile, kind: "dockerfile", platform: nil, verdict: "not-ready", findings: [finding]),
                entry(hostile, kind: "image", platform: hostile, verdict: "failed", more: sizes),
            ],
            problems: [
                "{\"path\":\(quoted(hostile)),\"platform\":\(quoted("x" + hostile)),\"message\":\(quoted(hostile))}"
            ])
    }

    /// A JSON document as an object.
    static func object(_ text: String) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }
}
