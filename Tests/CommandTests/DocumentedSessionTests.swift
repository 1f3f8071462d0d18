import Foundation
import TestSupport
import Testing

/// README and the pages of docs: what they show of a terminal is run, in its order, and gives the output that is shown.
struct DocumentedSessionTests {
    /// Runs once for each page, in a copy of the sample service that holds the program twice: as `.` and as `./cmd/app`. PyPI's
    /// ziglang is behind the programs of the system.
    @Test(arguments: [
        "README.md", "docs/by-hand.md", "docs/cgo.md", "docs/coming-from.md", "docs/diff.md", "docs/errors.md",
        "docs/gate.md", "docs/image.md", "docs/inside.md", "docs/reports.md",
    ]) func aPageIsTrue(page: String) throws {
        let text = try String(contentsOf: Checkout.root.appending(path: page), encoding: .utf8)
        let folder = try DocumentedSessionTests.workspace(for: page)
        let steps = DocumentedStep.all(in: text).filter(\.canBeRun)
        #expect(!steps.isEmpty, "\(page) shows no command")
        for step in steps {
            let run = try Execution(
                "bash", ["-c", step.command], in: folder.url, environment: DocumentedSessionTests.environment)
            let isRefusal = step.output.contains { $0.contains("NOT READY") } || step.mayRefuse
            #expect(run.status == 0 || (run.status == 1 && isRefusal), "\(page): \(step.command)\n\(run.errors)")
            guard !step.output.isEmpty else { continue }
            let missing = step.missing(from: run.output)
            #expect(missing == nil, "\(page): \(step.command)\nshows \(missing ?? ""), and there is\n\(run.output)")
        }
    }

    private static func workspace(for page: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let sample = Checkout.root.appending(path: "TestBinaries/webservice")
        for name in ["go.mod", "main.go"] {
            try FileManager.default.copyItem(at: sample.appending(path: name), to: folder.url.appending(path: name))
        }
        try FileManager.default.copyItem(
            at: Checkout.root.appending(path: "TestBinaries/vulndb"), to: folder.url.appending(path: "vulndb"))
        try folder.write(
            String(contentsOf: sample.appending(path: "main.go"), encoding: .utf8), to: "cmd/app/main.go")
        guard page == "docs/cgo.md" else { return folder }
        try folder.write(
            String(contentsOf: Checkout.root.appending(path: "TestBinaries/cgo/main.go"), encoding: .utf8),
            to: "cmd/withc/main.go")
        return folder
    }

    private static let environment = [
        "PATH": URL(filePath: Checkout.program).deletingLastPathComponent().path + ":"
            + (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":"
            + Checkout.root.appending(path: ".build-python/bin").path,
        "RELEASE_PUB": "release.pub", "GOFLAGS": "", "NO_COLOR": "1",
    ]
}

/// A command that a page shows, with the lines that it shows behind it.
private struct DocumentedStep {
    let command: String
    var output: [String] = []

    /// What needs a network or an engine is run elsewhere: `Scripts/image-round-trip` and `Scripts/build-recipe`.
    var canBeRun: Bool {
        command.contains("staticcheck ") && !command.contains("docker://") && !command.contains("…")
    }

    /// A tree of the system's own programs, of which most are dynamic.
    var mayRefuse: Bool { command.contains("/usr/lib") || command.contains("inspect") }

    /// The commands behind a prompt, and those that a Makefile or a CI system runs.
    static func all(in text: String) -> [DocumentedStep] {
        var steps: [DocumentedStep] = []
        var language: Substring?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                language = language == nil ? line.dropFirst(3) : nil
            } else if language == "", line.hasPrefix("$ ") {
                steps.append(DocumentedStep(command: String(line.dropFirst(2))))
            } else if language == "", !steps.isEmpty {
                steps[steps.count - 1].output.append(String(line))
            } else if let language, ["make", "yaml"].contains(language), let range = line.range(of: "staticcheck ") {
                steps.append(DocumentedStep(command: String(line[range.lowerBound...])))
            } else if language == nil {
                steps += inline(in: line)
            }
        }
        return steps
    }

    /// Commands in running text that have arguments, and no place to fill in.
    private static func inline(in line: Substring) -> [DocumentedStep] {
        // Every second part is between backquotes.
        let spans = line.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter {
            $0.offset % 2 == 1
        }
        return spans.map { String($0.element) }.filter { span in
            span.hasPrefix("staticcheck ") && span.split(separator: " ").count > 2
                && span.range(of: "[A-Z]{3}", options: .regularExpression) == nil
        }.map { DocumentedStep(command: $0) }
    }

    /// The first line that is shown and not there, in its order; `…` stands for lines that are left out.
    func missing(from actual: String) -> String? {
        var rest = actual.split(separator: "\n").map { DocumentedStep.shape(String($0)) }[...]
        for line in output where !line.isEmpty && line != "…" {
            guard let place = rest.firstIndex(of: DocumentedStep.shape(line)) else { return line }
            rest = rest[(place + 1)...]
        }
        return nil
    }

    /// A line without what differs from run to run: digests, numbers, and the widths of columns.
    private static func shape(_ line: String) -> String {
        line.replacingOccurrences(of: "[0-9a-f]{12,}", with: "digest", options: .regularExpression)
            .replacingOccurrences(of: #"[0-9]+(\.[0-9]+)*"#, with: "0", options: .regularExpression)
            .replacingOccurrences(of: #"\b0 [kM]?B\b"#, with: "0 B", options: .regularExpression)
            .replacingOccurrences(of: " +", with: " ", options: .regularExpression)
    }
}
