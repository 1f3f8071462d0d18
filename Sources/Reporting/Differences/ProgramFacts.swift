import Attestation
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
    /// What the code of the program can do.
    let capabilities: Set<String>
    /// What the program looks for in its root.
    let needs: Set<String>

    /// Judges a program and takes the facts out of it.
    ///
    /// - Parameters:
    ///   - path: The path that the program has before and now.
    ///   - bytes: The bytes of the file.
    ///   - subject: What is known of it.
    ///   - policy: The rules by which it is judged.
    public init(path: String, bytes: [UInt8], subject: Subject, policy: Policy) {
        let judgement = policy.judge(subject)
        let info = subject.buildInfo
        report = BinaryReport(
            path: path, package: info?.path, platform: subject.platform, verdict: judgement.verdict, size: bytes.count,
            digest: Digest(of: bytes), buildInfo: info, duration: .zero, sizes: subject.sizes,
            findings: judgement.findings)
        var values = ["verdict": judgement.verdict.rawValue]
        if let info {
            values["go"] = info.goVersion
            values["package"] = info.path.isEmpty ? nil : info.path
            values["module"] = info.main.map { "\($0.path) \($0.fullVersion)" }
        }
        self.values = values
        let contents = ProgramContents(of: subject)
        modules = ProgramContents.modules(of: info)
        settings = info?.settings ?? [:]
        packages = Set(contents?.packages ?? [])
        capabilities = Set((contents?.capabilities ?? []).map(\.rawValue))
        needs = Set(subject.needs.map(\.rawValue))
    }
}
