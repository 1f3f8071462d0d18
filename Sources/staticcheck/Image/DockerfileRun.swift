import Dockerfiles
import ELF
import Files
import FoundationEssentials
import GoBinary
import Reporting
import SystemPackage
import Verification

/// Lints Dockerfiles, with what is known of the program that goes into the image.
struct DockerfileRun {
    let binaries: [FilePath]
    let target: String?
    let ignored: Set<String>
    let policy: Policy

    func report(on files: [String], in folder: FilePath) throws -> Report {
        var reports: [BinaryReport] = []
        var problems: [Report.Problem] = []
        for name in files {
            let start = ContinuousClock().now
            do {
                let path = folder.pushing(FilePath(name))
                let file = try Dockerfile(try FileSnapshot.text(path))
                let lint = try DockerfileLint(
                    file, needs: try needs(of: file, context: path.removingLastComponent()), target: target,
                    policy: policy.turningOff(ignored))
                if let reason = lint.inapplicable {
                    Terminal.write(
                        "note: \(name.printable): \(reason.printable); hadolint looks at such files\n", to: .error)
                }
                reports.append(
                    BinaryReport(
                        dockerfile: name, isApplicable: lint.inapplicable == nil, findings: lint.findings,
                        duration: ContinuousClock().now - start))
            } catch let error as FileError {
                problems.append(.init(path: name, message: error.reason))
            } catch let error as DockerfileError {
                problems.append(.init(path: name, message: "\(error)"))
            }
        }
        return Report(
            tool: .init(version: Product.version, go: nil), policy: policy, binaries: reports, problems: problems)
    }

    /// The needs of the programs that are named, and of those that the file copies from the build context.
    private func needs(of file: Dockerfile, context: FilePath) throws -> Set<RuntimeNeed> {
        var needs: Set<RuntimeNeed> = []
        for path in binaries { needs.formUnion(try DockerfileRun.needs(of: path)) }
        let platforms = ["amd64", "arm64"].map { Platform(goos: "linux", goarch: $0) }
        for source in file.copiedFromContext {
            for platform in platforms {
                guard let name = source.filled(platform: platform), !name.split(separator: "/").contains("..") else {
                    continue
                }
                let path = context.pushing(FilePath(String(name.drop { $0 == "/" })))
                if path.isFile { needs.formUnion(try DockerfileRun.needs(of: path)) }
            }
        }
        return needs
    }

    /// What a program looks for; a file that is none looks for nothing.
    private static func needs(of path: FilePath) throws -> Set<RuntimeNeed> {
        let file = try OpenFile(path)
        return try file.isELF() ? Policy.standard.judge(file, expected: nil).subject.needs : []
    }
}
