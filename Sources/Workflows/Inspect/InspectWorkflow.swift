import Attestation
import Files
public import Reporting
public import SystemPackage
public import Verification

/// What `inspect` is asked for.
public struct InspectRequest: Sendable {
    /// The file. The result names it as it is here.
    public var file: FilePath
    /// The rules.
    public var policy: Policy

    /// Makes a request.
    public init(file: FilePath, policy: Policy = .standard) {
        self.file = file
        self.policy = policy
    }
}

/// Shows everything about one binary.
public enum InspectWorkflow {
    /// Reads the whole file and applies the rules.
    ///
    /// - Throws: `FileError` if the file cannot be read.
    public static func run(_ request: InspectRequest) throws -> (inspection: Inspection, verdict: Verdict) {
        let snapshot = try FileSnapshot(request.file)
        let subject = Subject(snapshot.bytes, expected: nil, permissions: snapshot.permissions)
        let judgement = request.policy.judge(subject)
        let inspection = Inspection(
            path: request.file.string, size: snapshot.bytes.count,
            digest: Digest(of: snapshot.bytes).hexadecimal, subject: subject, judgement: judgement)
        return (inspection, judgement.verdict)
    }
}
