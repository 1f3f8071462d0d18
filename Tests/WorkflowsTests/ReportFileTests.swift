import Configuration
import Foundation
import Reporting
import TestSupport
import Testing
import Verification
import Workflows

/// Reports of earlier runs are files that anybody can have written. No number in them makes a writer trap.
@Suite struct ReportFileTests {
    private func report(size: String, milliseconds: String = "5", part: String = "3", shard: (String, String)? = nil)
        -> String
    {
        let plan = shard.map { index, count in
            """
            "plan": {"sha256": "", "shard": {"index": \(index), "count": \(count)}, "targets": []},
            """
        }
        return """
            {"schemaVersion": "1", "tool": {"name": "scratchcheck", "version": "0.1.0"},
             "policy": {"sha256": "00", "rules": {}, "changes": []}, \(plan ?? "")
             "problems": [], "summary": {"ready": 1, "notReady": 0, "notApplicable": 0, "failed": 0},
             "binaries": [{"path": "a", "verdict": "ready", "size": \(size), "milliseconds": \(milliseconds), "findings": [],
               "sizes": {"parts": [{"name": "x", "size": \(part)}, {"name": "y", "size": \(part)}]}}]}
            """
    }

    private func read(_ text: String) throws -> Report {
        let bench = try Bench()
        try bench.folder.write(text, to: "r.json")
        return try ReportFile.read(bench.path("r.json"))
    }

    @Test func aReportIsReadBack() throws {
        let report = try read(report(size: "1000", shard: ("2", "4")))
        #expect(report.entries.map(\.size) == [1000] && report.plan?.shard.count == 4)
    }

    @Test(arguments: ["-9223372036854775808", "-1", "9223372036854775807", "1125899906842625"])
    func impossibleNumbersAreRefused(number: String) {
        let texts = [
            report(size: number), report(size: "1", milliseconds: number), report(size: "1", part: number),
            report(size: "1", shard: (number, "4")), report(size: "1", shard: ("1", number)),
        ]
        for text in texts {
            #expect {
                try read(text)
            } throws: { error in
                guard case ReportFileError.impossibleNumbers? = error as? ReportFileError else { return false }
                return "\(error)".contains("r.json: has a size, time or count that no run can report")
            }
        }
    }

    /// The largest numbers that are read go through every writer.
    @Test(arguments: ReportFormat.allCases) func theLargestNumbersCanBeWritten(format: ReportFormat) throws {
        let large = try read(report(size: "1125899906842000"))
        let small = try read(report(size: "1"))
        for (now, before) in [(large, small), (small, large)] {
            // Annotations are made of findings, and there is none.
            let text = try format.render(now.compared(with: before), colour: false)
            #expect(text.isEmpty == (format == .github))
        }
    }
}
