import Dockerfiles
import ELF
import Files
import GoBinary
public import Reporting
import ScratchImage
import SystemPackage
import Verification

/// Lints Dockerfiles, with what is known about the programs that go into their images.
public enum DockerfileLintWorkflow {
    /// Lints each file. A file that cannot be read is a problem in the report.
    ///
    /// - Throws: If a program that the request names cannot be read.
    public static func run(_ request: DockerfileLintRequest, in context: Context) throws -> Report {
        let named = try request.binaries.reduce(into: Set()) { needs, path in
            needs.formUnion(try program(context.folder.pushing(path))?.subject.needs ?? [])
        }
        var reports: [DockerfileReport] = []
        var problems: [Report.Problem] = []
        for file in request.files {
            do {
                reports.append(try report(on: file, needs: named, request, in: context))
            } catch let error as FileError {
                problems.append(.init(path: file.string, message: error.reason))
            } catch let error as DockerfileError {
                problems.append(.init(path: file.string, message: "\(error)"))
            }
        }
        return Report(
            tool: .init(version: Identity.version, go: nil), policy: request.policy,
            entries: reports.map(ReportEntry.dockerfile),
            problems: problems)
    }

    private static func report(
        on name: FilePath, needs: Set<RuntimeNeed>, _ request: DockerfileLintRequest, in context: Context
    ) throws -> DockerfileReport {
        let start = ContinuousClock().now
        let path = context.folder.pushing(name)
        let file = try Dockerfile(name == "-" ? StandardInput.text() : FileSnapshot.text(path))
        var build = BuildContext(needs: needs)
        try add(filesCopiedBy: file, from: path.removingLastComponent(), to: &build)
        let lint = try DockerfileLint(file, in: build, target: request.target, policy: request.policy)
        if let reason = lint.inapplicable {
            context.listener.note(
                "note: \(name.string.printable): \(reason.printable); use hadolint for such files")
        }
        return DockerfileReport(
            path: name.string, isApplicable: lint.inapplicable == nil, findings: lint.findings,
            duration: ContinuousClock().now - start)
    }

    /// Adds the files that a Dockerfile copies from the folder that it is in.
    private static func add(
        filesCopiedBy file: Dockerfile, from folder: FilePath, to build: inout BuildContext
    ) throws {
        let platforms = ["amd64", "arm64"].map { Platform(goos: "linux", goarch: $0) }
        for source in file.copiedFromContext {
            for platform in platforms {
                guard let name = source.filled(platform: platform), !name.split(separator: "/").contains("..") else {
                    continue
                }
                let path = folder.pushing(FilePath(String(name.drop { $0 == "/" })))
                if path.isFile { build.add(source, try program(path)) }
            }
        }
    }

    /// What is known of a program; nil if it is not an ELF file.
    private static func program(_ path: FilePath) throws -> (subject: Subject, judgement: Judgement)? {
        let file = try OpenFile(path)
        return try file.isELF() ? Policy.standard.judge(file, expected: nil) : nil
    }
}
