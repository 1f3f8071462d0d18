public import Files
import FoundationEssentials
public import GoBinary
public import SystemPackage
public import Verification

/// The attestation beside a binary that says it is scratch-ready: what was verified against which policy, and which rules
/// were applied.
public struct Stamp: Sendable {
    /// That the file passed.
    public let summary: Statement<VerificationSummary>
    /// What each rule said.
    public let testResult: Statement<TestResult>

    /// What a stamp says of its maker.
    public struct Maker: Sendable {
        /// Versions by part, `staticcheck` among them.
        public let version: [String: String]
        /// When the verification took place, in seconds since 1970.
        public let time: Int

        /// Makes a maker.
        public init(version: [String: String], time: Int) {
            self.version = version
            self.time = time
        }
    }

    /// Stamps a file that passed.
    ///
    /// - Parameters:
    ///   - name: The name of the file, without folders.
    ///   - digest: That of the very bytes that were judged.
    ///   - platform: What it was judged for.
    ///   - subject: What was judged.
    ///   - judgement: What came of it.
    ///   - policy: The policy in force.
    ///   - maker: Who stamps, and when.
    public init(
        name: String, digest: Digest, platform: Platform, subject: Subject, judgement: Judgement, policy: Policy,
        maker: Maker
    ) {
        let descriptor = ResourceDescriptor(uri: Stamp.policyURI, digest: Digest(of: policy))
        let date = Date(timeIntervalSince1970: Double(maker.time))
        let file = [ResourceDescriptor(name: name, digest: digest)]
        summary = Statement(
            subject: file, predicateType: VerificationSummary.predicateType,
            predicate: VerificationSummary(
                verifier: .init(id: VerificationSummary.verifier, version: maker.version),
                timeVerified: date.formatted(Date.ISO8601FormatStyle()),
                resourceUri: Stamp.resource(digest: digest, platform: platform, buildInfo: subject.buildInfo),
                policy: descriptor,
                verificationResult: VerificationSummary.passed,
                verifiedLevels: [VerificationSummary.level],
                slsaVersion: "1.2",
                platform: platform.description,
                goBuildInfo: subject.buildInfo.map(VerificationSummary.GoBuildInfo.init),
                proof: subject.proof.map { .init(outcome: $0.outcome, by: $0.by) },
                reproduction: subject.reproduction.map { .init(isIdentical: $0.isIdentical) }))
        testResult = Statement(
            subject: file, predicateType: TestResult.predicateType,
            predicate: TestResult(policy: policy, descriptor: descriptor, findings: judgement.findings))
    }

    /// What names the policy, beside its digest.
    static let policyURI = "https://scratchready.dev/policy/scratch-ready/v1"

    /// A package URL where the file names its module, else its digest.
    private static func resource(digest: Digest, platform: Platform, buildInfo: BuildInfo?) -> String {
        guard let url = buildInfo?.packageURL else { return "urn:sha256:\(digest)" }
        let variant = platform.variant.map { "&\($0.variable.lowercased())=\($0.value)" } ?? ""
        return url.text(qualifiers: "goarch=\(platform.goarch)&goos=\(platform.goos)\(variant)")
    }
}

extension Stamp {
    /// How stamps are written.
    public struct Form: Sendable {
        /// The key that signs; without one the bare statement is written.
        public let key: SigningKey?
        /// Whether a Sigstore bundle is written too.
        public let isSigstore: Bool

        /// Chooses a form; a bundle needs a key.
        public init(key: SigningKey?, isSigstore: Bool = false) {
            self.key = key
            self.isSigstore = isSigstore && key != nil
        }
    }

    /// Writes the stamp beside its binary.
    ///
    /// - Parameters:
    ///   - binary: The binary.
    ///   - form: How the stamp is written.
    ///   - more: Statements about the binary that a signed stamp holds too.
    /// - Throws: `OutputError`, or why the key does not sign.
    public func write(
        beside binary: FilePath, as form: Form, with more: [any Encodable & Sendable] = []
    ) throws {
        guard let key = form.key else {
            return try AtomicFile.write(Stamp.json(summary, isPretty: true), to: StampFile.unsigned.path(of: binary))
        }
        let statements = [try Stamp.json(summary), try Stamp.json(testResult)] + (try more.map { try Stamp.json($0) })
        let envelopes = try statements.map { try Envelope(signing: $0, with: key) }
        var lines: [UInt8] = []
        for envelope in envelopes { lines += try Stamp.json(envelope) + [UInt8(ascii: "\n")] }
        try AtomicFile.write(lines, to: StampFile.signed.path(of: binary))
        if form.isSigstore {
            let bundle = SigstoreBundle(envelopes[0], by: key.verificationKey)
            try AtomicFile.write(Stamp.json(bundle, isPretty: true), to: StampFile.sigstore.path(of: binary))
        }
    }

    private static func json(_ value: some Encodable, isPretty: Bool = false) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return Array(try encoder.encode(value)) + (isPretty ? [0x0a] : [])
    }

    /// Removes the stamps of a binary, of every form, where it has any.
    public static func remove(beside binary: FilePath) throws(OutputError) {
        for file in StampFile.allCases {
            let path = file.path(of: binary)
            do {
                try Files.remove(path)
            } catch  where error.isMissing {
                continue
            } catch {
                guard case .system(_, let code) = error.fault else { throw error }
                throw OutputError(path, .removeStaleStamp, code)
            }
        }
    }

    /// The digest of the file that the stamp beside a binary speaks of; nil without a stamp that can be read.
    ///
    /// It is the stamp's own word, whoever wrote it: whoever relies on it must hash the binary.
    public static func subjectDigest(beside binary: FilePath) -> Digest? {
        guard let document = statement(beside: binary),
            let subjects = try? JSONDecoder().decode(Subjects.self, from: document).subject, subjects.count == 1
        else { return nil }
        return subjects[0].digest["sha256"].flatMap(Digest.init(hexadecimal:))
    }

    private struct Subjects: Decodable {
        let subject: [ResourceDescriptor]
    }

    private static func statement(beside binary: FilePath) -> Data? {
        if let document = try? StampFile.unsigned.read(beside: binary) { return Data(document) }
        guard let lines = try? StampFile.signed.read(beside: binary), let first = lines.split(separator: 0x0a).first,
            let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(first))
        else { return nil }
        return Data(base64Encoded: envelope.payload)
    }
}
