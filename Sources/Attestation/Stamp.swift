public import Files
import FoundationEssentials
public import GoBinary
public import SystemPackage
public import Verification

/// The attestation beside a binary that says it is scratch-ready: what was verified, against which policy, and by which
/// rules.
public struct Stamp: Sendable {
    /// The claim that the file passed.
    public let summary: Statement<VerificationSummary>
    private let judgement: Judgement
    private let maker: Maker

    /// Who makes stamps, when, and by which policy.
    public struct Maker: Sendable {
        /// Versions by the name of the part; `staticcheck` is one.
        public let version: [String: String]
        /// The time of the verification, in seconds since 1970.
        public let time: Int
        /// The policy in force.
        let policy: Policy
        /// The URI and digest of the policy.
        let policyDescriptor: ResourceDescriptor

        /// Names the versions, the time and the policy, whose digest is computed once for all stamps.
        public init(version: [String: String], time: Int, policy: Policy) {
            self.version = version
            self.time = time
            self.policy = policy
            policyDescriptor = ResourceDescriptor(uri: Stamp.policyURI, digest: Digest(of: policy))
        }
    }

    /// Makes the stamp of a file that passed.
    ///
    /// - Parameters:
    ///   - name: The name of the file, without folders.
    ///   - digest: The digest of exactly the bytes that were judged.
    ///   - platform: The platform that it was judged for.
    ///   - subject: The file as it was judged.
    ///   - judgement: What the rules found.
    ///   - maker: Who makes the stamp, when, and by which policy.
    public init(
        name: String, digest: Digest, platform: Platform, subject: Subject, judgement: Judgement, maker: Maker
    ) {
        summary = Statement(
            subject: [ResourceDescriptor(name: name, digest: digest)], predicateType: VerificationSummary.predicateType,
            predicate: VerificationSummary(
                of: subject, digest: digest, platform: platform, maker: maker, judgement: judgement))
        self.judgement = judgement
        self.maker = maker
    }

    /// The result of each rule. Only a signed stamp has it.
    public var testResult: Statement<TestResult> {
        Statement(
            subject: summary.subject, predicateType: TestResult.predicateType,
            predicate: TestResult(by: maker, judgement))
    }

    /// The URI of the policy; its digest tells versions apart.
    static let policyURI = Identity.uri("policy/v1")
}

extension Stamp {
    /// The format of the stamp's files.
    public struct Form: Sendable {
        /// The key that signs; nil writes an unsigned statement.
        public let key: SigningKey?
        /// Whether to write a Sigstore bundle too; false without a key.
        public let isSigstore: Bool

        /// Chooses a format. A bundle needs a key.
        public init(key: SigningKey?, isSigstore: Bool = false) {
            self.key = key
            self.isSigstore = isSigstore && key != nil
        }

        /// The files that are written.
        var files: [StampFile] { key == nil ? [.unsigned] : isSigstore ? [.signed, .sigstore] : [.signed] }
    }

    /// Writes the stamp beside its binary.
    ///
    /// - Parameters:
    ///   - binary: The path of the binary.
    ///   - form: The format and the key.
    ///   - more: Further statements about the binary, for signed stamps.
    /// - Throws: `OutputError`, or the error of the cryptographic library if the key does not sign.
    public func write(
        beside binary: FilePath, as form: Form, with more: [any Encodable & Sendable] = []
    ) throws {
        for file in form.files { try file.demandOwn(beside: binary) }
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

    static func json(_ value: some Encodable, isPretty: Bool = false) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return Array(try encoder.encode(value)) + (isPretty ? [0x0a] : [])
    }

    /// Removes the stamps of a binary that this program wrote, in every format. Files of other tools stay.
    ///
    /// - Throws: `OutputError` if a stamp cannot be removed.
    public static func remove(beside binary: FilePath) throws(OutputError) {
        for file in StampFile.allCases where file.isOwn(beside: binary) {
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

    /// What the stamp beside a binary says about its making.
    public struct Origin: Sendable, Hashable {
        /// The digest of the file that the stamp is about.
        public let digest: Digest?
        /// The name of the cache program of the build; nil if the stamp names none.
        public let cacheProgram: String?
    }

    /// What the stamp beside a binary says about its making; nil without a readable stamp of one file.
    ///
    /// No signature is checked: a caller that relies on the digest must hash the binary.
    public static func origin(beside binary: FilePath) -> Origin? {
        guard
            let document = [StampFile.unsigned, .signed].lazy.compactMap({
                $0.documents(beside: binary).first { _ in true }
            }).first,
            let claim = try? JSONDecoder().decode(Statement<VerificationSummary>.self, from: Data(document)),
            claim.subject.count == 1
        else { return nil }
        return Origin(digest: claim.subject[0].sha256, cacheProgram: claim.predicate.buildCache?.name)
    }
}
