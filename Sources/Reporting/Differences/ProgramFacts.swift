public import Attestation
import GoBinary
public import Verification

/// What is compared of one program.
public struct ProgramFacts: Sendable {
    let report: BinaryReport
    /// What has one value: the version of Go, the main package and its module.
    let values: [String: String]
    /// The version of each module, by the path that packages import it by.
    let modules: [String: String]
    /// The build settings.
    let settings: [String: String]
    /// The import paths of the packages with functions.
    let packages: Set<String>
    /// What the program looks for in its root.
    let needs: Set<String>

    /// Takes the facts out of a program that was judged.
    ///
    /// - Parameters:
    ///   - path: The path that the program has before and now.
    ///   - size: The size of the file in bytes.
    ///   - digest: The digest of the file.
    public init(path: String, size: Int, digest: Digest, subject: Subject, judgement: Judgement) {
        let info = subject.buildInfo
        report = BinaryReport(
            path: path, package: info?.path, platform: subject.platform, verdict: judgement.verdict, size: size,
            digest: digest, buildInfo: info, duration: .zero, sizes: subject.sizes, findings: judgement.findings)
        var values = ["verdict": judgement.verdict.rawValue]
        if let info {
            values["go"] = info.goVersion
            values["package"] = info.path.isEmpty ? nil : info.path
            values["module"] = info.main.map { "\($0.path) \($0.fullVersion)" }
        }
        self.values = values
        let versions = (info?.dependencies ?? []).map { ($0.importedPath, $0.fullVersion) }
        modules = Dictionary(versions) { first, _ in first }
        settings = info?.settings ?? [:]
        packages = Set(
            (subject.lineTable?.packages ?? []).map { $0 == "main" ? info?.path ?? $0 : $0 })
        needs = Set(subject.needs.map(\.rawValue))
    }
}
